import { z } from 'zod';

import { randomText } from '../ids';
import { copyOf, nextId, type OrgState } from '../state';
import { appNamed, withUsage } from './grants';
import { NO_USAGE } from './state';

const name = z.string().min(1);
const time = z.iso.datetime({ offset: true });

/** What org.json may say about who used the org. */
export const usageSeedSchema = z.strictObject({
  /** Apps that users let in and no one installed. */
  uninstalledApps: z.array(z.strictObject({ label: name, consumerKey: name.exactOptional() })).exactOptional(),
  /** `app` is an API name, or the label of an uninstalled app. */
  tokens: z
    .array(
      z.strictObject({
        app: name,
        user: name,
        created: time,
        lastUsed: time.exactOptional(),
        uses: z.int().min(0).exactOptional(),
        refreshToken: name.exactOptional(),
        accessToken: name.exactOptional(),
        deleteToken: name.exactOptional(),
      }),
    )
    .exactOptional(),
  /** `application` as LoginHistory writes it: the app's label. `count` equal logins, a minute apart. */
  logins: z
    .array(
      z.strictObject({
        user: name,
        application: name,
        time,
        type: name.exactOptional(),
        subType: name.exactOptional(),
        sourceIp: name.exactOptional(),
        status: name.exactOptional(),
        count: z.int().min(1).max(10_000).exactOptional(),
      }),
    )
    .exactOptional(),
  packages: z.array(z.strictObject({ name, namespace: name })).exactOptional(),
  auditTrail: z.array(z.strictObject({ user: name, time, action: name, section: name, display: name })).exactOptional(),
  /** Logs of a day, as CSV. */
  eventLogs: z.array(z.strictObject({ type: name, time, text: z.string() })).exactOptional(),
});

export type UsageSeed = Readonly<z.output<typeof usageSeedSchema>>;

/** The org with the seed's usage in it; every name that leads nowhere is a problem. */
export function plantUsage(base: OrgState, seed: UsageSeed): OrgState | readonly string[] {
  const {
    uninstalledApps = [],
    tokens = [],
    logins = [],
    packages = [],
    auditTrail = [],
    eventLogs: dailyLogs = [],
  } = seed;
  const draft = copyOf(base);
  const problems: string[] = [];
  const users = new Map(draft.users.map(({ username, id }) => [username, id]));
  const userId = (username: string): string => {
    const found = users.get(username);
    if (found === undefined) problems.push(`usage names the user ${username}, whom the org does not have`);
    return found ?? '';
  };
  const apps = uninstalledApps.map(({ label, consumerKey = `3MVG9EMULATOR${randomText(72)}` }) => ({
    label,
    consumerKey,
  }));
  const known = withUsage(draft, { ...NO_USAGE, uninstalledApps: apps });
  const grants = tokens.map(({ app, user, created, lastUsed, uses = 0, refreshToken, accessToken, deleteToken }) => {
    const found = appNamed(known, app);
    if (found === undefined) problems.push(`usage names the app ${app}, which the org does not have`);
    return {
      id: nextId(draft, '0Rt'),
      app: found ?? { kind: 'uninstalled' as const, name: app },
      userId: userId(user),
      createdDate: created,
      ...(lastUsed !== undefined && { lastUsedDate: lastUsed }),
      useCount: uses,
      deleteToken: deleteToken ?? `EMULATORDELETE${randomText(40)}`,
      ...(refreshToken !== undefined && { refreshToken }),
      accessTokens: accessToken === undefined ? [] : [accessToken],
    };
  });
  const history = logins.flatMap(({ user, application, time: at, count = 1, ...more }) =>
    Array.from({ length: count }, (_, index) => ({
      id: nextId(draft, '0Ya'),
      userId: userId(user),
      time: new Date(Date.parse(at) + index * 60_000).toISOString(),
      application,
      type: more.type ?? 'Remote Access 2.0',
      ...(more.subType !== undefined && { subType: more.subType }),
      sourceIp: more.sourceIp ?? '127.0.0.1',
      status: more.status ?? 'Success',
    })),
  );
  const installed = packages.map((one) => ({ id: nextId(draft, '0A3'), ...one }));
  const trail = auditTrail.map(({ user, ...one }) => ({ id: nextId(draft, '0Ym'), userId: userId(user), ...one }));
  const eventLogs = dailyLogs.map((one) => ({ id: nextId(draft, '0AT'), ...one }));
  if (problems.length > 0) return [...new Set(problems)];
  return withUsage(draft, {
    grants,
    uninstalledApps: apps,
    logins: history,
    packages: installed,
    auditTrail: trail,
    eventLogs,
  });
}
