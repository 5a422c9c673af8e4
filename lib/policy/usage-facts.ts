import { plural } from '../values/plural';
import type { AppPosture } from './posture';
import type { Reading } from './reading';

/** Tokens that were not used for so long are dormant. */
export const DORMANT_DAYS = 90;

/** Tokens of an app that are older than the present policies. */
export interface GrantFacts {
  /** ISO time of the last change of the record that says who may use the app. */
  readonly policiesChanged: string;
  readonly older: number;
  /** Usernames of their users. */
  readonly olderUsers: readonly string[];
  /** Tokens of which the org does not say when they were given. */
  readonly undated: number;
}

/** The tokens of one app that has a record in the org. */
export interface AppTokenFacts {
  readonly count: number;
  readonly users: number;
  /** Usernames of users who are not active and have a token. */
  readonly inactiveUsers: readonly string[];
  /** Tokens of whose user the org does not say whether they are active. */
  readonly unknownUsers: number;
  /** Tokens that were not used for {@link DORMANT_DAYS}. */
  readonly unused: number;
  /** Tokens of which the org says neither when they were given nor when they were used. */
  readonly undated: number;
  /** When they were given, compared with the present policies; absent: the org does not say when those were changed. */
  readonly grants?: GrantFacts;
  /** ISO times. */
  readonly lastUsed?: string;
  readonly lastLogin?: string;
  /** The list of tokens is cut: there may be more. */
  readonly atLeast?: true;
}

/** An app in use that no one declared, installed or answers for. */
export interface UnknownAppFacts {
  readonly label: string;
  /** Absent: not read. */
  readonly tokens?: { readonly count: number; readonly users: number };
  /** What it passes itself off as. */
  readonly lookAlikeOf?: string;
  readonly reach: string;
}

/** What would stop if API Access Control were switched on. */
export interface Rehearsal {
  readonly apps: readonly { readonly label: string; readonly api_name?: string; readonly users: number }[];
  /** Active users of these apps, each once. */
  readonly users: number;
  /** Why it may be more or fewer. */
  readonly caveats: readonly string[];
}

/** What tokens and logins say, for controls. */
export interface UsageCheckFacts {
  readonly tokensOf: (app: AppPosture) => Reading<AppTokenFacts>;
  readonly unknownApps: readonly UnknownAppFacts[];
  /** Apps of the allow-list whose review is overdue. */
  readonly overdue: readonly string[];
  /** Why there may be more unknown apps; undefined: everything was seen. */
  readonly unseen?: string;
  readonly rehearsal: Reading<Rehearsal>;
  /** Holders of permissions that open the door, by the words of Setup; those of the allow-list are not among them. */
  readonly doorHolders: ReadonlyMap<string, Reading<readonly string[]>>;
  /** API names of the apps that run as a user, by username in lower case. */
  readonly runAsApps: ReadonlyMap<string, readonly string[]>;
  /** The last login of a run-as user to the user interface, by username in lower case; absent: none was found. */
  readonly interactive: Reading<ReadonlyMap<string, string>>;
}

/** `4 apps, 31 users stop: Old Portal (3 users), …`. */
export function rehearsalWords({ apps, users, caveats }: Rehearsal, few = 10): string {
  const notes = caveats.length === 0 ? '' : ` (${caveats.join('; ')})`;
  if (apps.length === 0) return `Switch it on today and no app that was seen stops${notes}.`;
  const named = apps.slice(0, few).map(({ label, users: count }) => `${label} (${plural(count, 'user')})`);
  const more = apps.length > few ? `, and ${apps.length - few} more` : '';
  const verb = apps.length === 1 ? 'this app' : `these ${apps.length} apps`;
  return `Switch it on today and ${verb}, ${plural(users, 'user')} stop${notes}: ${named.join(', ')}${more}.`;
}
