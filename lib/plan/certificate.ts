import { type CertificateInOrg, certificateInOrg, sayingNoCertificate } from '../metadata/certificate-in-org';
import { whereIs } from '../metadata/live-app';
import type { ManifestApp, ManifestComponent } from '../metadata/manifest';
import type { ObservedApp } from '../metadata/observed';
import { NO_CERTIFICATE } from '../metadata/ownership-line';
import { CONSUMER } from '../values/metadata-types';
import type { ComponentDiff } from './diff';
import type { Consents, FieldChange } from './plan';

/** The certificate of one app: declared or not, in the org or not, and what was agreed to (D5). */
export interface CertificateCase {
  readonly app: ManifestApp;
  /** Undefined: the app is created. */
  readonly live: ObservedApp | undefined;
  readonly consents: Consents;
}

export const allowsRemoval = ({ app, consents }: CertificateCase): boolean =>
  consents.allow_certificate_removal.includes(app.api_name);

/** Undefined where there is no app yet. */
const inOrg = ({ live }: CertificateCase): CertificateInOrg | undefined => live && certificateInOrg(live);

/**
 * True where the plan takes a certificate away: none is declared and the org has one, or may have one and the removal
 * was agreed to. A removal that was not agreed to is planned as well, so that it is seen, and blocked by its guard.
 */
function removesCertificate(given: CertificateCase): boolean {
  const state = given.app.certificate ? undefined : inOrg(given)?.state;
  return state === 'known' || (state === 'unknown' && allowsRemoval(given));
}

/** The component with the removal in it, where there is one. */
export function withRemoval(component: ManifestComponent, given: CertificateCase): ManifestComponent {
  if (!removesCertificate(given)) return component;
  const { platform } = given.app;
  const [stored, onRecord] = [whereIs(platform, 'certificate'), whereIs(platform, 'certificateFingerprint')];
  const fields = {
    ...component.fields,
    ...(component.type === stored.type && { [stored.field]: { value: [], ownership: 'stated' } as const }),
    ...(component.type === onRecord.type && {
      [onRecord.field]: { value: NO_CERTIFICATE, ownership: 'default' } as const,
    }),
  };
  return { ...component, fields };
}

/**
 * The line of an app that has no certificate says so with every write: it is what later runs know it by. Where that is
 * not known, the line says nothing, and a write of it does not make it known.
 */
export function withRecord(diff: ComponentDiff, given: CertificateCase): ComponentDiff {
  const known = given.app.certificate === undefined && (inOrg(given)?.state ?? 'none') === 'none';
  return known ? { ...diff, merged: sayingNoCertificate(diff.merged, given.app.platform) } : diff;
}

/**
 * A certificate the org does not return is compared by what the ownership line says. Where that differs, or where asked,
 * the consumer record is written although none of its readable fields differs.
 */
export function withUnreadCertificate(
  diffs: readonly ComponentDiff[],
  given: CertificateCase,
): readonly ComponentDiff[] {
  const consumer = diffs.find(({ merged }) => merged.type === CONSUMER);
  if (given.live === undefined || !consumer?.unreadable.includes(`${CONSUMER}.certificate`)) return diffs;
  const change = unreadChange(given, consumer);
  return diffs.map((diff) => {
    if (diff !== consumer) return diff;
    return change ? { ...diff, changes: [...diff.changes, change] } : diff;
  });
}

function unreadChange(given: CertificateCase, { merged }: ComponentDiff): FieldChange | undefined {
  const { app, consents } = given;
  const found = inOrg(given);
  const common = {
    type: CONSUMER,
    full_name: merged.fullName,
    field: 'certificate',
    title: 'Use digital signatures: certificate',
    before: found?.state === 'none' ? ({ state: 'absent' } as const) : ({ state: 'unreadable' } as const),
    ownership: 'stated' as const,
  };
  if (removesCertificate(given)) {
    const certain = found?.state === 'known';
    const who = `clients that sign with the key of the removed certificate${certain ? '' : ', if the app has one'}`;
    return { ...common, after: { state: 'absent' }, effect: 'narrows', impact: { level: 'breaks', who } };
  }
  const value = merged.fields['certificate'];
  if (!app.certificate || value === undefined) return undefined;
  const same = found?.state === 'known' && found.fingerprint === app.certificate.fingerprint;
  if (same && !consents.resend_certificates) return undefined;
  const replaces = !same && found?.state !== 'none';
  const who = `clients that sign with the key of the previous certificate${found?.state === 'known' ? '' : ', if the app has one'}`;
  return {
    ...common,
    after: { state: 'value', value },
    effect: same ? 'neutral' : 'widens',
    impact: replaces ? { level: 'breaks', who } : { level: 'none' },
  };
}
