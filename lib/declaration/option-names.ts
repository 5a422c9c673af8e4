import type { ClientKind } from './client-app';

/** Options that every kind of client app has, as the author writes them. */
export const COMMON_OPTIONS: readonly string[] = [
  'label',
  'apiName',
  'description',
  'contactEmail',
  'contactPhone',
  'infoUrl',
  'logoUrl',
  'iconUrl',
  'scopes',
  'customScopes',
  'permittedUsers',
  'accessTokens',
  'ipRelaxation',
  'introspectAllTokens',
  'tokenExchange',
  'customAttributes',
  'assetToken',
  'apexHandler',
  'adminPolicies',
  'disabledPlugins',
  'dpop',
  'experimental',
  'platform',
  'ipBinding',
  'creationAllowedBySupport',
  'adopt',
  'deletionProtection',
  'reEnable',
  'allowCertificateRemoval',
];

const WITH_USERS: readonly string[] = [
  'callbackUrls',
  'codeAndCredentials',
  'refreshTokens',
  'refreshTokenRotation',
  'deviceFlow',
  'trustedIpRanges',
  'idToken',
  'singleLogoutUrl',
  'startUrl',
  'startPage',
  'mobileStartUrl',
  'requiredSessionLevel',
  'firstPartyApp',
  'limitIdleRefreshTokens',
];

/** What each kind has besides. */
export const OPTIONS: Readonly<Record<ClientKind, readonly string[]>> = {
  private: [...WITH_USERS, 'pkce', 'mutualTls', 'pkiMutualTls'],
  public: WITH_USERS,
  machine: ['certificate', 'clientCredentials', 'mutualTls', 'pkiMutualTls'],
};

interface Refusal {
  readonly because: string;
  readonly remedy: string;
}

const generated: Refusal = {
  because: 'Salesforce generates it, and a secret never belongs in code, state or a log',
  remedy: 'remove it from the program; if it was ever committed, rotate it. Read the secret in Setup after the apply',
};
const key: Refusal = {
  because: 'Salesforce generates the consumer key when the app is created',
  remedy: 'remove it; the receipt of the apply and `client-apps outputs` show the key',
};
const noDemand: Refusal = {
  because: 'an app on a device cannot keep a secret, so none is demanded of it; PKCE protects it instead',
  remedy: 'remove it, or declare a PrivateClientApp if the client is a server',
};
const noUser: Refusal = {
  because: 'no user takes part in the flows of a machine',
  remedy: 'remove it, or declare a PrivateClientApp if users log in',
};
const noRefresh: Refusal = {
  because: 'a machine signs in again instead of refreshing, and is never given a refresh token',
  remedy: 'remove it',
};
const flowSwitch: Refusal = {
  because: 'the flows follow from the kind of client and from the options that are there',
  remedy: 'remove it',
};
const machineOnly = (what: string): Refusal => ({
  because: `${what} signs in a machine without a user`,
  remedy: 'remove it, and declare a MachineApp for the machine',
});

const needsKey: Refusal = {
  because: 'mutual TLS proves that the client holds a private key, and every user of the device could take it',
  remedy: 'remove it, or declare a PrivateClientApp if the client is a server',
};

const leftToOrg = (what: string): Refusal => ({
  because: `${what} is decided where the app is packaged, and is left as it is in the org`,
  remedy: 'remove it',
});
const headless: Refusal = {
  because: 'External Client Apps cannot register users headlessly',
  remedy: 'remove it; headless registration needs an existing Connected App',
};

const everywhere: Readonly<Record<string, Refusal>> = {
  secret: generated,
  clientSecret: generated,
  consumerSecret: generated,
  password: generated,
  privateKey: generated,
  consumerKey: key,
  clientId: key,
  isProtected: leftToOrg('whether the component is protected'),
  distributionState: leftToOrg('the distribution state'),
  registration: headless,
  flows: flowSwitch,
  grantTypes: flowSwitch,
};

/** Options that people expect of a kind and that it lacks on purpose: why, and what to do instead. */
export const NOT_OFFERED: Readonly<Record<ClientKind, Readonly<Record<string, Refusal | undefined>>>> = {
  private: {
    ...everywhere,
    certificate: machineOnly('a certificate (JWT bearer flow)'),
    clientCredentials: machineOnly('the client credentials flow'),
  },
  public: {
    ...everywhere,
    secret: noDemand,
    clientSecret: noDemand,
    consumerSecret: noDemand,
    requireSecret: noDemand,
    pkce: {
      because: 'PKCE is what protects an app that cannot keep a secret, so it is always required',
      remedy: 'remove it',
    },
    mutualTls: needsKey,
    pkiMutualTls: needsKey,
    certificate: machineOnly('a certificate (JWT bearer flow)'),
    clientCredentials: {
      because: 'the client credentials flow needs a secret, which an app on a device cannot keep',
      remedy: 'remove it, and declare a MachineApp that runs on a server',
    },
  },
  machine: {
    ...everywhere,
    callbackUrls: {
      because: 'a machine never receives an authorization code',
      remedy: 'remove it; the app gets a callback URL that can deliver a code to nobody',
    },
    codeAndCredentials: noUser,
    deviceFlow: noUser,
    pkce: noUser,
    idToken: noUser,
    singleLogoutUrl: noUser,
    startUrl: noUser,
    startPage: noUser,
    mobileStartUrl: noUser,
    firstPartyApp: noUser,
    trustedIpRanges: noUser,
    requiredSessionLevel: noUser,
    refreshTokens: noRefresh,
    limitIdleRefreshTokens: noRefresh,
    refreshTokenRotation: noRefresh,
  },
};
