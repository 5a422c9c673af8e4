import { certificateInOrg } from '../metadata/certificate-in-org';
import type { Component } from '../metadata/component';
import { liveText, whereIs } from '../metadata/live-app';
import type { Manifest } from '../metadata/manifest';
import type { ObservedApp } from '../metadata/observed';
import { toPackage } from '../metadata/package/package-files';
import type { CallOptions, Org } from '../org/org';
import { fingerprintOf } from '../values/certificate';
import { diagnose } from '../values/diagnose';
import { ClientAppsError } from '../values/diagnostic';
import { CONSUMER } from '../values/metadata-types';
import { fail, ok, type Result } from '../values/result';
import { deployNow } from './deploy-now';
import { type Lockout, ownLockout } from './own-lockout';
import { findStopTarget } from './stop-target';

export interface RotateInput extends Lockout {
  readonly org: Org;
  readonly apiName: string;
  readonly apiVersion: number;
  /** Of this org: it may hold the certificate that the org does not return. */
  readonly manifest?: Manifest;
  /** Called just before the deploy. */
  readonly onWriting?: () => void;
  readonly signal?: AbortSignal;
  /** Ends orderly: nothing is written from then on. */
  readonly stop?: AbortSignal;
}

/** `apiName`: the secret of that app is a new one. `warnings`: what Salesforce said to that. */
export interface Rotated {
  readonly apiName: string;
  readonly deployId: string;
  readonly warnings: number;
}

/**
 * Gives an External Client App a new consumer secret; the former one ends at once. That is asked of Salesforce with the
 * record of its consumer, which is written as it is. Fails, saying why, where the record cannot be written without loss.
 * An app whose flows demand no secret gets a new one, too: its clients lose nothing, and the former one opens any flow
 * that someone lets it in by later.
 * @throws ClientAppsError REFUSED, DEPLOY_FAILED, ABORTED; OrgError, in doubt where the answer got lost.
 */
export async function rotateSecret(input: RotateInput): Promise<Result<Rotated, string>> {
  const { org, apiName: name, apiVersion, manifest, onWriting, signal, stop } = input;
  const options: CallOptions = signal ? { signal } : {};
  const { app } = await findStopTarget(org, name, apiVersion, options);
  const { apiName } = app;
  // A login that signs with a key does not know the secret.
  const isSigned = input.identity.login?.way === 'jwt-bearer';
  const own = isSigned
    ? undefined
    : ownLockout(app, input, { reason: 'its secret ends immediately', verb: 'rotate it' });
  if (own) return fail(`${own.problem}; ${own.remedy ?? ''}`);
  const whole = wholeConsumer(app, manifest);
  if (!whole.ok) return whole;
  if (stop?.aborted) throw stopped(apiName);
  onWriting?.();
  const files = toPackage([whole.value], { apiVersion, rotatesSecret: true });
  // Salesforce answers a rotation with a warning, and a warning fails the deploy.
  const { id, warnings } = await deployNow(org, { files, apiVersion, ignoreWarnings: true }, options, (reason) =>
    diagnose('rotate-failed', { path: apiName }, { app: apiName, reason }),
  );
  return ok({ apiName, deployId: id, warnings: warnings.length });
}

/** The consumer's record as the org has it, with its certificate: a deploy without the certificate removes it (D5). */
export function wholeConsumer(app: ObservedApp, manifest: Manifest | undefined): Result<Component, string> {
  const { apiName, platform } = app;
  if (platform !== 'external-client-app') return fail(`${apiName} is a Connected App, and no API rotates its secret`);
  const read = app.components[CONSUMER];
  if (read?.state !== 'present') {
    return fail(`its ${CONSUMER} ${read?.state === 'unreadable' ? `cannot be read: ${read.reason}` : 'was not found'}`);
  }
  const join = { externalClientApplication: apiName };
  const record = { ...read.component, fields: { ...read.component.fields, ...join } };
  const inOrg = certificateInOrg(app);
  const lost = 'a deploy with the new secret would remove the certificate';
  if (inOrg.state !== 'known') {
    if (inOrg.state === 'none') return ok(record);
    return fail(
      `it is not known whether it has a certificate, because the org returns none and no apply recorded it: ${lost}`,
    );
  }
  const { fingerprint } = inOrg;
  if (fingerprint === undefined) return fail(`the org returns a certificate for it that cannot be read: ${lost}`);
  if (liveText(app, 'certificate') !== undefined) return ok(record);
  const certificate = declaredCertificate(app, manifest, fingerprint);
  if (certificate === undefined) {
    return fail(
      `the org does not return its certificate, and no manifest of this run declares the one with SHA-256 ${fingerprint}: ${lost}`,
    );
  }
  return ok({ ...record, fields: { ...record.fields, [whereIs(platform, 'certificate').field]: certificate } });
}

/** The certificate with this fingerprint, where the program declares it for the app. */
function declaredCertificate(
  app: ObservedApp,
  manifest: Manifest | undefined,
  fingerprint: string,
): string | undefined {
  const declared = manifest?.apps.find(
    ({ api_name: name, platform }) => name === app.apiName && platform === app.platform,
  );
  if (declared?.certificate?.fingerprint !== fingerprint) return undefined;
  const { type, field } = whereIs(app.platform, 'certificate');
  const value = declared.components.find((component) => component.type === type)?.fields[field]?.value;
  return typeof value === 'string' && fingerprintOf(value) === fingerprint ? value : undefined;
}

const stopped = (app: string): ClientAppsError =>
  new ClientAppsError('ABORTED', [diagnose('stopped-on-request/rotation', { path: app }, { app })]);
