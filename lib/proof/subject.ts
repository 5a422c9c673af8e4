import type { ClientKind } from '../declaration/client-app';
import type { ManifestApp } from '../metadata/manifest';
import type { AppPosture } from '../policy/posture';
import { valueOf } from '../policy/reading';

/** The consumer of an app in the org that the proof runs on. */
export interface Consumer {
  readonly key: string;
  readonly secret: string;
}

/** One declared app, and who tries it. */
export interface Subject {
  readonly app: ManifestApp;
  readonly kind: ClientKind;
  readonly fields: AppPosture['fields'];
  readonly consumer: Consumer;
  /** A user whom the app lets in. */
  readonly insider: string;
  /** A user who is active and holds no permission set of the app. */
  readonly outsider: string;
  /** How a token of another issuer becomes one of the org; undefined where no handler is declared for the app. */
  readonly exchange?: SubjectTokens | undefined;
}

/** What the declared handler of an app takes. */
export interface SubjectTokens {
  readonly handler: string;
  /** Last part of the token types: `id_token`. */
  readonly type: string;
  /** Types that the handler does not take. */
  readonly otherTypes: readonly string[];
}

/** The token of another issuer that stands for the user in a proof. */
export const subjectTokenOf = (username: string): string => `proof-subject-token-of-${username}`;

/** What a client may do, as far as the declaration says so. */
export interface Flows {
  /** Its callback URLs; empty: no person logs in. */
  readonly callbackUrls: readonly string[];
  readonly refreshes: boolean;
  readonly assertions: boolean;
  readonly clientCredentials: boolean;
  /** Authorization Code and Credentials Flow, and its guests. */
  readonly headless: boolean;
  readonly guests: boolean;
  readonly device: boolean;
  readonly exchange: boolean;
  readonly restricted: boolean;
}

export function flowsOf({ kind, fields }: Pick<Subject, 'kind' | 'fields'>): Flows {
  const scopes = valueOf(fields.scopes) ?? [];
  const callbackUrls = kind === 'machine' ? [] : (valueOf(fields.callbackUrls) ?? []);
  const headless = callbackUrls.length > 0 && valueOf(fields.codeAndCredentials) === true;
  const restricted = valueOf(fields.permittedUsers) === 'AdminApprovedPreAuthorized';
  return {
    callbackUrls,
    refreshes: callbackUrls.length > 0 && scopes.includes('RefreshToken') && lives(fields),
    assertions: valueOf(fields.certificate) !== undefined && restricted && scopes.includes('RefreshToken'),
    clientCredentials: valueOf(fields.clientCredentials) === true && valueOf(fields.clientCredentialsPolicy) === true,
    headless,
    guests: headless && valueOf(fields.guestCodeAndCredentials) === true,
    device: valueOf(fields.deviceFlow) === true,
    exchange: valueOf(fields.tokenExchange) === true && valueOf(fields.tokenExchangePolicy) === true,
    restricted,
  };
}

/** False where the policy lets no refresh token live. */
const lives = (fields: AppPosture['fields']): boolean => valueOf(fields.refreshTokenPolicy)?.type !== 'Zero';
