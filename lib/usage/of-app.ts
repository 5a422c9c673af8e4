import type { Platform } from '../declaration/client-app';
import type { NotEvaluated } from '../org/usage/facts';
import type { AppUsage, UsageReport } from './report';

/** An app with a record in the org. */
export interface AppName {
  readonly apiName: string;
  readonly label: string;
  readonly platform: Platform;
}

/** What the report has of an app; undefined where it found neither a token nor a login. */
export const usageOf = ({ apiName, platform }: AppName, { apps }: UsageReport): AppUsage | undefined =>
  apps.find((each) => each.platform === platform && each.api_name === apiName);

/** Why tokens and logins of an app were not read; undefined: they were. */
export interface UsageGaps {
  readonly tokens: string | undefined;
  readonly logins: string | undefined;
}

/** Without the records of apps nothing leads from a token or a login to an app. */
export function gapsOf({ platform, label }: AppName, { tokens, not_evaluated: gaps }: UsageReport): UsageGaps {
  const first = (...names: readonly string[]): string | undefined => {
    const found = gaps.find(({ what }) => names.includes(what));
    return found && gapWords(found);
  };
  const names = first(
    'apps that are installed',
    ...(platform === 'connected-app' ? ['API names and packages of apps'] : []),
  );
  const own = first(`tokens of the External Client App ${label}`, `tokens of ${label} after the first 500 users`);
  return {
    tokens:
      names ?? (tokens === undefined ? (first('OAuth tokens', 'your own permissions') ?? 'tokens were not read') : own),
    logins: names ?? first('login history', 'your own permissions'),
  };
}

/** `needs Customize Application`, or why it could not be read. */
export const gapWords = ({ what, why, permission }: NotEvaluated): string =>
  permission === undefined ? `${what}: ${why}` : `${what}: needs ${permission}`;
