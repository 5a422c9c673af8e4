import type { ClientKind } from '../declaration/client-app';
import { placesOf } from './fields';
import type { AppFieldName, AppPosture } from './posture';
import { valueOf } from './reading';
import { isLoopback, withoutCredentials } from './themes/callback-urls';
import { hasOwnScheme } from './themes/code-and-credentials';

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
  /** The kinds whose policy is applied: one, or those between which the evidence does not decide. */
  readonly judged_as: readonly ClientKind[];
  readonly evidence: readonly KindEvidence[];
}

/** A kind that somebody said. */
export interface StatedKind {
  readonly kind: ClientKind;
  readonly by: 'declared' | 'stated';
}

/** The kind of an app: what somebody said, else what the evidence says. */
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
  if (margin === 0) {
    const tied = ranked.filter(([, total]) => total === best[1]).map(([kind]) => kind);
    return { kind: 'unclassified', confidence: 'none', judged_as: tied.sort(), evidence };
  }
  const confidence = margin >= 3 ? 'high' : margin === 2 ? 'medium' : 'low';
  return { kind: best[0], confidence, judged_as: [best[0]], evidence };
}

/** Where Salesforce's own tools send a code that nobody waits for. */
const PLACEHOLDER = /^https:\/\/(login|test)\.salesforce\.com\/services\/oauth2\/|^https:\/\/[^/]*\.invalid(\/|$)/i;

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
      add('machine', 1, 'users are pre-authorised, as the JWT bearer flow demands', 'permittedUsers');
    }
  }
  if (valueOf(fields.clientCredentials) === true) {
    add('machine', 1, 'the app offers the client credentials flow', 'clientCredentials');
  }
  if (valueOf(fields.runAsUser) !== undefined) add('machine', 2, 'a run-as user is chosen', 'runAsUser');
  if (valueOf(fields.deviceFlow) === true) add('public', 1, 'the device flow is on', 'deviceFlow');
  const scopes = valueOf(fields.scopes) ?? [];
  if (scopes.includes('Lightning') || scopes.includes('Content')) {
    add('public', 2, 'it asks for the child sessions of hybrid mobile apps', 'scopes');
  }
  return found;
}

type Add = (kind: ClientKind, weight: number, because: string, ...names: readonly AppFieldName[]) => void;

function callbacks({ fields }: AppPosture, add: Add): void {
  const urls = valueOf(fields.callbackUrls) ?? [];
  const own = urls.filter((url) => hasOwnScheme([url]));
  const loopback = urls.filter(isLoopback);
  const placeholder = urls.filter((url) => PLACEHOLDER.test(url));
  const servers = urls.length - own.length - loopback.length - placeholder.length;
  if (own[0] !== undefined) {
    add('public', 3, `${withoutCredentials(own[0])} belongs to an app on a device`, 'callbackUrls');
  }
  if (loopback.length > 0) {
    // Developers add a loopback address to the apps of servers, too.
    const weight = servers === 0 ? 2 : 1;
    add('public', weight, "a callback URL leads to a program on the user's machine", 'callbackUrls');
  }
  if (placeholder.length > 0 && servers === 0) {
    add('machine', 2, 'the callback URL delivers codes to nobody', 'callbackUrls');
  }
  if (servers > 0) add('private', 1, 'a callback URL leads to a web server', 'callbackUrls');
}

function secrets({ fields }: AppPosture, add: Add): void {
  const web = valueOf(fields.secretInWebServerFlow);
  const refresh = valueOf(fields.secretInRefreshFlow);
  // Where nobody wrote anything down, the platform's default speaks, and it is the same for every kind.
  const chosen = [fields.secretInWebServerFlow, fields.secretInRefreshFlow].some(
    (reading) => reading.state === 'value' && reading.implied !== true,
  );
  if (web === true && refresh === true && chosen) {
    add('private', 1, 'both flows demand the secret', 'secretInWebServerFlow', 'secretInRefreshFlow');
  }
  if (web === false && refresh === false) {
    add('public', 2, 'no flow demands the secret', 'secretInWebServerFlow', 'secretInRefreshFlow');
  }
}
