import type { NotEvaluated } from '../org/usage/facts';
import type { Rehearsal } from '../policy/usage-facts';
import type { KnownApp } from '../values/known-app';

/** Said wherever an audit says nothing of tokens and logins, because no one asked for them. */
export const USAGE_NOT_ASKED =
  'Tokens and logins were not evaluated, so apps without a record that use the org are missing: audit the org with --with-usage.';

/** Version of the shape of `usage --format json`. */
export const USAGE_FORMAT_VERSION = '1.1';

/**
 * `declared`: the program has it. `unmanaged`: a record of this org that no program declares. `package`: came with an
 * installed package. `unknown`: users let it in, no one installed it, and the org tells nothing of it but its name.
 */
export type Standing = 'declared' | 'unmanaged' | 'package' | 'unknown' | 'not-evaluated';

export interface AppUsage {
  readonly label: string;
  readonly api_name?: string;
  readonly platform?: 'external-client-app' | 'connected-app';
  readonly standing: Standing;
  /** Named in the allow-list. */
  readonly known?: KnownApp;
  /** Who publishes it, as far as the org tells. */
  readonly publisher: string;
  /** True where the org gives no id and the label alone led to the app. */
  readonly by_label?: true;
  readonly look_alike?: { readonly of: string; readonly why: string };
  /** Absent where tokens were not evaluated. */
  readonly tokens?: {
    readonly count: number;
    readonly users_active: number;
    readonly users_inactive: number;
    readonly uses: number;
    readonly first_granted?: string;
    readonly last_used?: string;
  };
  /** Absent where the login history was not evaluated. */
  readonly logins?: {
    readonly count: number;
    readonly failed: number;
    readonly types: readonly string[];
    /** Different addresses, at least: of the login type with the most. */
    readonly networks: number;
    readonly last?: string;
    /** By OAuth flow, as the login history names it; it names no flow of some logins. */
    readonly flows?: readonly FlowLogins[];
  };
  /** What comes in through it can reach, said plainly. */
  readonly reach: string;
}

/** Logins of one OAuth flow that succeeded. */
export interface FlowLogins {
  readonly flow: string;
  readonly count: number;
  readonly last: string;
}

export interface UsageReport {
  readonly org: string;
  readonly org_id: string;
  readonly today: string;
  /** Logins before it are not counted. */
  readonly logins_since: string;
  readonly tokens?: { readonly read: number; readonly in_all: number; readonly cut: boolean };
  readonly users?: number;
  readonly apps: readonly AppUsage[];
  /** What would stop if API Access Control were switched on, or why that is not known. */
  readonly rehearsal?: Rehearsal | { readonly not_evaluated: string };
  /** Apps that were left out by --app, --user or --unused-for. */
  readonly left_out: number;
  readonly not_evaluated: readonly NotEvaluated[];
  readonly api_calls: number;
}

const isUnknown = ({ standing, known, look_alike: look }: AppUsage): boolean =>
  !known && (standing === 'unknown' || look !== undefined);

/** No token of it is left; what it did is still in the login history. */
const isGone = ({ tokens }: AppUsage): boolean => tokens?.count === 0;

/** Unknown apps that no allow-list names, and those that pass themselves off as another, as long as they have a token. */
export const unknownApps = ({ apps }: UsageReport): readonly AppUsage[] =>
  apps.filter((app) => isUnknown(app) && !isGone(app));

/** Such apps that logged in once and have no token any more. */
export const goneApps = ({ apps }: UsageReport): readonly AppUsage[] =>
  apps.filter((app) => isUnknown(app) && isGone(app));

/** Entries of the allow-list whose review is overdue. */
export const overdue = ({ apps, today }: UsageReport): readonly AppUsage[] =>
  apps.filter(({ known }) => known !== undefined && known.review < today);

/** True where every token was seen, and every app could be told from the others. */
export const isComplete = ({ tokens, not_evaluated: gaps }: UsageReport): boolean =>
  tokens !== undefined && !tokens.cut && gaps.every(({ what }) => !ESSENTIAL.test(what));

/** What the answer to "is there an unknown app?" depends on. */
const ESSENTIAL = /tokens|apps that are installed/i;
