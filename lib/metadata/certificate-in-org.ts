import { fingerprintOf } from '../values/certificate';
import type { Component } from './component';
import { liveText, whereIs } from './live-app';
import type { ManifestApp } from './manifest';
import type { ObservedApp } from './observed';
import { NO_CERTIFICATE } from './ownership-line';

/**
 * What is known of the certificate that an app of the org has. `known` without a fingerprint: the org returns something
 * that is no certificate. `unknown`: the org returns none, which it may do of one that it has, and our line says nothing.
 */
export type CertificateInOrg =
  { readonly state: 'known'; readonly fingerprint?: string } | { readonly state: 'none' | 'unknown' };

/** Read where the org returns it, else what the ownership line says (D5). */
export function certificateInOrg(app: ObservedApp): CertificateInOrg {
  const text = liveText(app, 'certificate');
  if (text !== undefined) {
    const fingerprint = fingerprintOf(text);
    return { state: 'known', ...(fingerprint !== undefined && { fingerprint }) };
  }
  // A Connected App gives its certificate back, so one that is absent there is absent.
  if (app.platform === 'connected-app') return { state: 'none' };
  const onRecord = liveText(app, 'certificateFingerprint');
  if (onRecord === undefined) return { state: 'unknown' };
  return onRecord === NO_CERTIFICATE ? { state: 'none' } : { state: 'known', fingerprint: onRecord };
}

/** The same as one text, as the ownership line spells it: a fingerprint or `none`; undefined where it is not known. */
export function recordedFingerprint(app: ObservedApp): string | undefined {
  const inOrg = certificateInOrg(app);
  if (inOrg.state === 'known') return inOrg.fingerprint;
  return inOrg.state === 'none' ? NO_CERTIFICATE : undefined;
}

/** The record that carries the line, saying that the app has no certificate; every other one as it is. */
export function sayingNoCertificate(record: Component, platform: ManifestApp['platform']): Component {
  const { type, field } = whereIs(platform, 'certificateFingerprint');
  return record.type === type ? { ...record, fields: { ...record.fields, [field]: NO_CERTIFICATE } } : record;
}
