import type { UsageSeed } from '../usage/seed';
import { apiName, connectedAppFile, metadataFile as file } from './metadata-files';

const DAY_MS = 86_400_000;

/** Made up, like everything here; the first two are declared by the program of the walk-through. */
const EXTERNAL_CLIENT_APPS = [
  ...['Customer Portal', 'Billing Sync', 'Field Mobile', 'Order Feed', 'Partner Hub', 'Support Desk'],
  ...['Data Warehouse', 'Marketing Bridge', 'Payroll Export', 'Chat Assistant', 'Event Relay', 'Backup Runner'],
];
const CONNECTED_APPS = [
  ...['Legacy Portal', 'Old Intranet', 'Invoice Robot', 'Print Server', 'Phone Link', 'Badge Reader', 'Survey Tool'],
  ...['Map Service', 'Travel Booking', 'Fleet Tracker', 'Price Feed', 'Stock Sync', 'Tax Engine', 'Mail Archive'],
  ...['Form Builder', 'Lead Import', 'Quote Maker', 'Sandbox Tester'],
];
const PACKAGES = [
  ...[
    ['helper', 'Sales Helper'],
    ['signit', 'Sign It'],
    ['calday', 'Calendar Day'],
  ],
  ...[
    ['docgen', 'Doc Generator'],
    ['gantt', 'Project Gantt'],
    ['enrich', 'Lead Enricher'],
  ],
] as const;
const UNKNOWN_APPS = ['My Ticket Portal', 'Reporting Sync 2', 'gcw-export'];
const LOOK_ALIKE = 'Data Loader';

const USERS = 300;
const INACTIVE = 18;
const TOKENS = 2600;

/** What the messy org is known to hold: what a reading of it must find. */
export const MESSY = {
  unknown: UNKNOWN_APPS,
  packaged: PACKAGES.map(([namespace, label]) => `${namespace}__${apiName(label)}`),
  lookAlike: LOOK_ALIKE,
  apps: EXTERNAL_CLIENT_APPS.length + CONNECTED_APPS.length + PACKAGES.length + UNKNOWN_APPS.length + 1,
  tokens: TOKENS,
} as const;

function* appFiles(label: string): Generator<readonly [string, string]> {
  const name = apiName(label);
  const externalClientApplication = name;
  const mail = 'iam@acme.example';
  yield [
    `externalClientApps/${name}.eca`,
    file('ExternalClientApplication', { contactEmail: mail, distributionState: 'Local', label }),
  ];
  yield [
    `extlClntAppGlobalOauthSets/${name}_glbloauth.ecaGlblOauth`,
    file('ExtlClntAppGlobalOauthSettings', { callbackUrl: 'https://acme.example/cb', externalClientApplication }),
  ];
  yield [
    `extlClntAppOauthSettings/${name}_oauth.ecaOauth`,
    file('ExtlClntAppOauthSettings', { commaSeparatedOauthScopes: 'RefreshToken, Api', externalClientApplication }),
  ];
}

const connectedApp = (name: string, label: string): readonly [string, string] =>
  connectedAppFile(name, {
    contactEmail: 'iam@acme.example',
    label,
    oauthConfig: { callbackUrl: 'https://acme.example/cb', scopes: ['Api', 'RefreshToken'] },
  });

const username = (n: number): string => `user${String(n).padStart(3, '0')}@acme.example`;

/**
 * A realistic messy org as a seed directory: 40 apps of every sort, three that no one knows and one that passes itself
 * off as another, 300 users, 2,600 tokens. The same for the same time, so that documents and tests can quote it.
 */
export function messySeed(now: Date): ReadonlyMap<string, string> {
  const time = (daysAgo: number, minute = 0): string =>
    new Date(now.getTime() - daysAgo * DAY_MS - minute * 60_000).toISOString();
  const quiet = [...EXTERNAL_CLIENT_APPS.map(apiName), ...CONNECTED_APPS.map(apiName), ...MESSY.packaged];
  const tokens: NonNullable<UsageSeed['tokens']>[number][] = [];
  const add = (app: string, user: number, created: number, lastUsed: number | undefined, uses: number): void => {
    const n = tokens.length;
    tokens.push({
      app,
      user: username(user),
      created: time(created, n % 60),
      ...(lastUsed !== undefined && { lastUsed: time(lastUsed, n % 600) }),
      uses,
      refreshToken: `EMULATORREFRESH${n}`,
      accessToken: `EMULATORACCESS${n}`,
      deleteToken: `EMULATORDELETE${n}`,
    });
  };
  for (let user = 1; user <= 13; user++) add(LOOK_ALIKE, user, 9, user % 3, 301);
  for (let user = 40; user < 47; user++) add('My Ticket Portal', user, 21, 2, 45);
  for (let user = 290; user < 292; user++) add('Reporting Sync 2', user, 400, 120, 2200);
  add('gcw-export', 7, 3, 1, 9);
  // The rest is spread so that some apps are everyone's, some are of a few, and two have not been used for long.
  for (let n = 0; tokens.length < TOKENS; n++) {
    const index = n % quiet.length;
    const dormant = index === 13 || index === 19;
    add(
      quiet[index] ?? '',
      1 + ((Math.floor(n / quiet.length) * 7 + index) % USERS),
      500 - (n % 450),
      dormant ? 210 : n % 60,
      1 + (n % 40),
    );
  }
  const logins = [
    { user: username(1), application: LOOK_ALIKE, time: time(2), sourceIp: '203.0.113.66', count: 12 },
    { user: username(2), application: LOOK_ALIKE, time: time(1), sourceIp: '198.51.100.9', count: 3 },
    { user: username(40), application: 'My Ticket Portal', time: time(5), sourceIp: '203.0.113.80', count: 7 },
    { user: username(7), application: 'gcw-export', time: time(1), sourceIp: '192.0.2.44', count: 2 },
    ...EXTERNAL_CLIENT_APPS.map((application, n) => ({
      user: username(100 + n),
      application,
      time: time(4 + n),
      sourceIp: `10.0.0.${n + 1}`,
      count: 5 + n,
    })),
  ];
  const users = Array.from({ length: USERS }, (_, n) => ({
    username: username(n + 1),
    ...(n + 1 > USERS - INACTIVE && { active: false }),
    ...(n < 3 && { profile: 'System Administrator' }),
  }));
  const change = (daysAgo: number, user: number, action: string, section: string, display: string) => ({
    ...{ user: username(user), time: time(daysAgo) },
    ...{ action, section, display },
  });
  const auditTrail = [
    change(40, 2, 'permSetAssign', 'Manage Users', 'Permission set Approve Uninstalled Apps: assigned to user user001'),
    change(9, 3, 'profileChanged', 'Manage Users', 'Changed profile Sales: API Enabled'),
    change(8, 2, 'connectedAppPolicy', 'Connected Apps', 'Connected App Legacy Portal: changed permitted users'),
    change(6, 2, 'ecaPolicy', 'External Client Apps', 'External Client App Order Feed: changed IP relaxation'),
    change(1, 1, 'connectedAppInstall', 'Connected Apps', 'Users may approve uninstalled apps: Data Loader'),
  ];
  const rows = (type: string, fields: string, ...lines: readonly string[]) => ({
    ...{ type, time: time(1) },
    text: `${[`"EVENT_TYPE",${fields}`, ...lines.map((line) => `"${type}",${line}`)].join('\n')}\n`,
  });
  const eventLogs = [
    rows(
      'ApiTotalUsage',
      '"USER_NAME","CONNECTED_APP_NAME","CLIENT_IP","API_RESOURCE"',
      `"${username(1)}","${LOOK_ALIKE}","203.0.113.66","/v66.0/jobs/query"`,
      // What a careless client puts into an address must not reach a file.
      `"${username(1)}","${LOOK_ALIKE}","203.0.113.66","/services/data?sid=00DMessy0000001!EMULATORACCESSLEAK"`,
    ),
    rows('Login', '"USER_NAME","CLIENT_IP","LOGIN_STATUS"', `"${username(1)}","203.0.113.66","LOGIN_NO_ERROR"`),
  ];
  const usage: UsageSeed = {
    uninstalledApps: [...UNKNOWN_APPS, LOOK_ALIKE].map((label) => ({ label })),
    tokens,
    logins,
    packages: PACKAGES.map(([namespace, label]) => ({ name: label, namespace })),
    auditTrail,
    eventLogs,
  };
  return new Map([
    ...EXTERNAL_CLIENT_APPS.flatMap((label) => [...appFiles(label)]),
    ...CONNECTED_APPS.map((label) => connectedApp(apiName(label), label)),
    ...PACKAGES.map(([namespace, label]) => connectedApp(`${namespace}__${apiName(label)}`, label)),
    ['org.json', `${JSON.stringify({ users, usage })}\n`] as const,
  ]);
}
