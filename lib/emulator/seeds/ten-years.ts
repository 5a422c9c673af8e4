import type { SeedOrg } from '../seed-org';
import { MESSY, messySeed } from './messy-org';
import { apiName, connectedAppFile, metadataFile, type SeedFields } from './metadata-files';
import type { Sin } from './sins';
import * as sins from './sins';

type App = readonly [label: string, ...sins: readonly Sin[]];

/** Made in the last years; the first twelve are those of the messy org, with its tokens and logins. */
const EXTERNAL_CLIENT_APPS: readonly App[] = [
  ['Customer Portal', sins.noPkce, sins.infinite, sins.headless],
  ['Billing Sync', sins.signs, sins.apiOnly, sins.admitted('Billing_Sync_Access')],
  ['Field Mobile', sins.publicClient, sins.ownScheme('com.acme.field'), sins.sevenDays, sins.rotation],
  ['Order Feed', sins.actsAs('order.feed@acme.example'), sins.apiOnly],
  ['Partner Hub', sins.localhost, sins.ninetyDays],
  ['Support Desk', sins.full, sins.infinite],
  ['Data Warehouse', sins.signs, sins.wide, sins.infinite],
  ['Marketing Bridge', sins.localhost, sins.noPkce, sins.bypassesIp],
  ['Payroll Export', sins.actsAs('payroll@acme.example'), sins.bypassesIp, sins.admitted('Payroll_Access')],
  ['Chat Assistant', sins.secretOnDevice, sins.ownScheme('acmechat'), sins.noPkce],
  ['Event Relay', sins.deviceFlow, sins.oddlySpelled],
  ['Backup Runner', sins.signs, sins.full, sins.bypassesIp],
  ['Kiosk Display', sins.publicClient, sins.deviceFlow, sins.ownScheme('com.acme.kiosk')],
  ['Warehouse Scanner', sins.publicClient, sins.ownScheme('com.acme.scan'), sins.infinite, sins.noRotation],
  ['HR Connector', sins.introspectsAll, sins.admitted('HR_Access')],
  ['Token Broker', sins.exchangesTokens, sins.apiOnly],
  ['Retired Portal', sins.stopped, sins.noPkce],
  ['Nobody Knows', sins.noContact, sins.infinite],
  [
    'Price Finder',
    sins.labeled('Price "Finder" */ `${x}` 日本'),
    sins.described('Made by hand.\nAsk "Bo" */'),
    sins.login,
  ],
  ['Secure Portal', sins.rotation, sins.sevenDays, sins.oneHour, sins.admitted('Portal_Access'), sins.login],
  ['Secure Mobile', sins.publicClient, sins.rotation, sins.sevenDays, sins.oneHour, sins.ownScheme('com.acme.safe')],
  ['Secure Sync', sins.signs, sins.apiOnly, sins.oneHour, sins.admitted('Secure_Sync_Access')],
  ['Old Intranet', sins.pkce, sins.ninetyDays],
  ['Print Server', sins.signs, sins.apiOnly, sins.admitted('Print_Access')],
];

/** Older; the first eighteen are those of the messy org. Old Intranet and Print Server were migrated since. */
const CONNECTED_APPS: readonly App[] = [
  ['Legacy Portal', sins.noPkce, sins.full, sins.infinite],
  ['Old Intranet', sins.noPkce, sins.infinite],
  ['Invoice Robot', sins.actsAs('invoice.robot@acme.example'), sins.apiOnly],
  ['Print Server', sins.signs, sins.apiOnly],
  ['Phone Link', sins.publicClient, sins.ownScheme('phonelink'), sins.infinite],
  ['Badge Reader', sins.publicClient, sins.ownScheme('badge'), sins.noPkce],
  ['Survey Tool', sins.overHttp],
  ['Map Service', sins.login, sins.pkce, sins.sevenDays],
  ['Travel Booking', sins.saml, sins.login],
  ['Fleet Tracker', sins.bypassesIp, sins.oddlySpelled],
  ['Price Feed', sins.signs, sins.admitted('Price_Feed_Access')],
  ['Stock Sync', sins.signs, sins.full, sins.infinite],
  ['Tax Engine', sins.introspectsAll, sins.ninetyDays],
  ['Mail Archive', sins.full, sins.bypassesIp, sins.infinite],
  ['Form Builder', sins.headless, sins.noPkce],
  ['Lead Import', sins.apiOnly, sins.noRefresh],
  ['Quote Maker', sins.noRotation, sins.wide],
  ['Sandbox Tester', sins.localhost, sins.full, sins.noPkce],
  ['Postman', sins.full, sins.localhost],
  ['Postman 2', sins.full, sins.localhost, sins.infinite],
  ['Test App', sins.overHttp, sins.full],
  ['Test App Copy', sins.overHttp, sins.full, sins.bypassesIp],
  ['Data Loader Nightly', sins.apiOnly, sins.infinite, sins.described('Username and password, every night')],
  ['Canvas Board', sins.canvas, sins.login],
  ['Sign On Hub', sins.saml, sins.noPkce, sins.sevenDays],
  ['Locked Drawer', sins.lockedOut],
  ['Partner Exchange', sins.exchangesTokens],
  ['Desk Phone', sins.secretOnDevice, sins.ownScheme('deskphone')],
  ['Good Citizen', sins.pkce, sins.rotation, sins.sevenDays, sins.oneHour, sins.admitted('Citizen_Access')],
  ['Good Machine', sins.signs, sins.apiOnly, sins.oneHour, sins.admitted('Machine_Access')],
];

/** Apps of the org's packages come with the messy org. */
export const TEN_YEARS = {
  externalClientApps: EXTERNAL_CLIENT_APPS.map(([label]) => apiName(label)),
  connectedApps: CONNECTED_APPS.map(([label]) => apiName(label)),
  packaged: MESSY.packaged,
} as const;

/** As Setup leaves an app that someone clicks together, before the habits of that somebody. */
const MADE_BY_HAND: Required<Sin> = {
  app: { contactEmail: 'iam@acme.example', description: 'Made by hand in Setup', distributionState: 'Local' },
  consumer: {
    callbackUrl: 'https://apps.acme.example/oauth/callback',
    isConsumerSecretOptional: false,
    isIntrospectAllTokens: false,
    isPkceRequired: true,
    isSecretRequiredForRefreshToken: true,
  },
  oauth: { commaSeparatedOauthScopes: 'Api, RefreshToken' },
  policies: { isEnabled: true, isOauthPluginEnabled: true },
  oauthPolicies: {
    ipRelaxationPolicyType: 'Enforce',
    permittedUsersPolicyType: 'AllSelfAuthorized',
    refreshTokenPolicyType: 'SpecificLifetime',
    refreshTokenValidityPeriod: 365,
    refreshTokenValidityUnit: 'Days',
  },
  record: { contactEmail: 'iam@acme.example', description: 'Made by hand in Setup, years ago' },
  config: {
    callbackUrl: 'https://apps.acme.example/oauth/callback',
    isConsumerSecretOptional: false,
    isSecretRequiredForRefreshToken: true,
    scopes: ['Api', 'RefreshToken'],
  },
  policy: { ipRelaxation: 'ENFORCE', refreshTokenPolicy: 'infinite' },
};

/** One part of an app: as it was made, and what the habits put over it. */
const part = (name: keyof Sin, habits: readonly Sin[]): SeedFields =>
  Object.assign({}, MADE_BY_HAND[name], ...habits.map((sin) => sin[name] ?? {})) as SeedFields;

function externalClientApp([label, ...habits]: App): readonly (readonly [string, string])[] {
  const name = apiName(label);
  const externalClientApplication = name;
  const file = (folder: string, suffix: string, type: string, fields: SeedFields): readonly [string, string] => [
    `${folder}/${name}${suffix}`,
    metadataFile(type, { externalClientApplication, label: name, ...fields }),
  ];
  return [
    [`externalClientApps/${name}.eca`, metadataFile('ExternalClientApplication', { label, ...part('app', habits) })],
    file('extlClntAppOauthSettings', '_oauth.ecaOauth', 'ExtlClntAppOauthSettings', part('oauth', habits)),
    file(
      'extlClntAppGlobalOauthSets',
      '_glbloauth.ecaGlblOauth',
      'ExtlClntAppGlobalOauthSettings',
      part('consumer', habits),
    ),
    file('extlClntAppPolicies', '_plcy.ecaPlcy', 'ExtlClntAppConfigurablePolicies', part('policies', habits)),
    file(
      'extlClntAppOauthPolicies',
      '_oauthPlcy.ecaOauthPlcy',
      'ExtlClntAppOauthConfigurablePolicies',
      part('oauthPolicies', habits),
    ),
  ];
}

const connectedApp = ([label, ...habits]: App): readonly [string, string] =>
  connectedAppFile(apiName(label), {
    label,
    ...part('record', habits),
    oauthConfig: part('config', habits),
    oauthPolicy: part('policy', habits),
  });

/** Who the apps name. */
const NAMED_USERS = ['order.feed', 'payroll', 'invoice.robot'].map((name) => `${name}@acme.example`);
const PERMISSION_SETS = [
  ...['Billing_Sync', 'Payroll', 'HR', 'Portal', 'Secure_Sync', 'Print', 'Price_Feed', 'Citizen', 'Machine'],
].map((name) => ({ name: `${name}_Access`, holders: 2 }));

/**
 * Ten years of Setup as a seed directory: sixty apps of every age and habit on both platforms, six of them from packages,
 * beside uninstalled ones, with the users, tokens and logins of the messy org.
 */
export function tenYears(now: Date): ReadonlyMap<string, string> {
  const messy = messySeed(now);
  const org = JSON.parse(messy.get('org.json') ?? '{}') as SeedOrg;
  const users = NAMED_USERS.map((username) => ({ username, profile: 'Minimum Access - API Only Integrations' }));
  const grown: SeedOrg = { ...org, users: [...(org.users ?? []), ...users], permissionSets: PERMISSION_SETS };
  return new Map([
    ...messy,
    ...EXTERNAL_CLIENT_APPS.flatMap(externalClientApp),
    ...CONNECTED_APPS.map(connectedApp),
    ['settings/OauthOidc.settings', metadataFile('OauthOidcSettings', OPEN_ORG)],
    ['org.json', `${JSON.stringify(grown)}\n`],
  ]);
}

/** Headless login is on, and no one has blocked the flow with username and password. */
const OPEN_ORG: SeedFields = { blockOAuthUnPwFlow: false, isPkceRequired: false, oAuthCdCrdtFlowEnable: true };
