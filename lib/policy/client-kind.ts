import type { ClientKind } from '../declaration/client-app';
import { placesOf } from './fields';
import type { AppFieldName, AppPosture } from './posture';
import { type Reading, valueOf } from './reading';
import { isLoopback, isWebServer, leadsNowhere, ownScheme, withoutCredentials } from './themes/callback-urls';

/** One thing that speaks for a kind. */
export interface KindEvidence {
  readonly kind: ClientKind;
  /** 1 weak, 2 clear, 3 strong. */
  readonly weight: number;
  readonly because: string;
  /** Metadata fields, as `Type.field`. */
  readonly fields: readonly string[];
}

/**
 * What kind of client an app is and how sure that is. `declared`: by a program of this library. `stated`: by the
 * configuration of an audit. `none`: the evidence is missing or contradicts itself.
 */
export interface KindVerdict {
  readonly kind: ClientKind | 'unclassified';
  readonly confidence: 'declared' | 'stated' | 'high' | 'medium' | 'low' | 'none';
  /** The kinds whose policy is applied: one, or at low confidence all that something speaks for. */
  readonly judged_as: readonly ClientKind[];
  readonly evidence: readonly KindEvidence[];
}

/** A kind that someone said. */
export interface StatedKind {
  readonly kind: ClientKind;
  readonly by: 'declared' | 'stated';
}

/** The kind of an app: what someone said, else what the evidence says. */
export function kindOf(app: AppPosture, stated?: StatedKind): KindVerdict {
  if (stated) return { kind: stated.kind, confidence: stated.by, judged_as: [stated.kind], evidence: [] };
  const evidence = evidenceFor(app);
  const totals = new Map<ClientKind, number>();
  for (const { kind, weight } of evidence) totals.set(kind, (totals.get(kind) ?? 0) + weight);
  const ranked = [...totals].sort(([, a], [, b]) => b - a);
  const best = ranked[0];
  if (best === undefined) {
    // Nothing speaks for a machine either, so people are assumed.
    return { kind: 'unclassified', confidence: 'none', judged_as: ['private', 'public'], evidence };
  }
  const margin = best[1] - (ranked[1]?.[1] ?? 0);
  // Unless the evidence is clear, every kind that something speaks for has its say.
  const spokenFor = ranked.map(([kind]) => kind).sort();
  if (margin === 0) return { kind: 'unclassified', confidence: 'none', judged_as: spokenFor, evidence };
  if (margin === 1) return { kind: best[0], confidence: 'low', judged_as: spokenFor, evidence };
  return { kind: best[0], confidence: margin >= 3 ? 'high' : 'medium', judged_as: [best[0]], evidence };
}

function evidenceFor(app: AppPosture): readonly KindEvidence[] {
  const { platform } = app;
  const found: KindEvidence[] = [];
  const add = (kind: ClientKind, weight: number, because: string, ...names: readonly AppFieldName[]): void => {
    found.push({ kind, weight, because, fields: names.flatMap((name) => placesOf(name, platform)) });
  };
  callbacks(app, add);
  secrets(app, add);
  const { fields } = app;
  if (valueOf(fields.certificate) !== undefined) {
    add('machine', 2, 'a certificate is on record, which signs in a client without a user', 'certificate');
    if (valueOf(fields.permittedUsers) === 'AdminApprovedPreAuthorized') {
      add('machine', 1, 'users are pre-authorized, as the JWT bearer flow demands', 'permittedUsers');
    }
  }
  if (valueOf(fields.clientCredentials) === true) {
    add('machine', 1, 'the app offers the client credentials flow', 'clientCredentials');
  }
  if (valueOf(fields.runAsUser) !== undefined) add('machine', 2, 'a run-as user is chosen', 'runAsUser');
  if (valueOf(fields.deviceFlow) === true) add('public', 1, 'the device flow is on', 'deviceFlow');
  const scopes = valueOf(fields.scopes) ?? [];
  // Where everything is ticked, nothing was chosen.
  if (scopes.includes('Lightning') && scopes.includes('Content') && !scopes.includes('Full')) {
    add('public', 2, 'it asks for the child sessions of hybrid mobile apps', 'scopes');
  }
  return found;
}

type Add = (kind: ClientKind, weight: number, because: string, ...names: readonly AppFieldName[]) => void;

function callbacks({ fields }: AppPosture, add: Add): void {
  const urls = valueOf(fields.callbackUrls) ?? [];
  const own = urls.find((url) => ownScheme(url) !== undefined);
  if (own !== undefined) {
    add('public', 3, `${withoutCredentials(own)} belongs to an app on a device`, 'callbackUrls');
  }
  // People enter loopback for jobs and servers, too, so beside a demand for the secret it says nothing.
  if (urls.some(isOwnLoopback) && !statedDemand(fields.secretInWebServerFlow)) {
    add('public', 1, "a callback URL leads to a program on the user's machine", 'callbackUrls');
  }
  if (urls.length > 0 && urls.every(leadsNowhere)) {
    add('machine', 2, 'the callback URL can receive no code', 'callbackUrls');
  }
  if (urls.some((url) => isWebServer(url) && !leadsNowhere(url))) {
    add('private', 1, 'a callback URL leads to a web server', 'callbackUrls');
  }
}

/** `http://localhost:1717/OauthRedirect` is what the Salesforce CLI's guide has everyone enter, for jobs as well. */
const isOwnLoopback = (url: string): boolean => isLoopback(url) && !/:1717(\/|$)/.test(url);

/** Someone wrote down that the secret is demanded; the platform's default is the same for every kind. */
const statedDemand = (reading: Reading<boolean>): boolean =>
  reading.state === 'value' && reading.implied !== true && reading.value;

function secrets({ fields }: AppPosture, add: Add): void {
  if (statedDemand(fields.secretInWebServerFlow)) {
    add('private', 1, 'redeeming a code takes the secret', 'secretInWebServerFlow');
  }
  if (valueOf(fields.secretInWebServerFlow) === false && valueOf(fields.secretInRefreshFlow) === false) {
    add('public', 2, 'no flow demands the secret', 'secretInWebServerFlow', 'secretInRefreshFlow');
  }
}
