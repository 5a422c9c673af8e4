import type { ClientKind } from '../declaration/client-app';
import type { Refusal } from './option';
import { ROWS } from './table';

const generated: Refusal = {
  because: 'Salesforce generates it, and a secret does not belong in code, state or a log',
  remedy: 'remove it from the program; if it was ever committed, rotate it. Read the secret in Setup after the apply',
};
const key: Refusal = {
  because: 'Salesforce generates the consumer key when the app is created',
  remedy: 'remove it; the receipt of the apply and `client-apps outputs` show the key',
};
const noDemand: Refusal = {
  because: 'an app on a device cannot keep a secret, so it needs none; PKCE protects it instead',
  remedy: 'remove it, or declare a PrivateClientApp if the client is a server',
};
const flowSwitch: Refusal = {
  because: 'the flows follow from the kind of client and from its options',
  remedy: 'remove it',
};
const leftToOrg = (what: string): Refusal => ({
  because: `${what} is decided when the app is packaged, and is left as it is in the org`,
  remedy: 'remove it',
});

/** Options that people expect and that no client app has. */
const NO_OPTIONS: Readonly<Record<string, Refusal>> = {
  secret: generated,
  clientSecret: generated,
  consumerSecret: generated,
  password: generated,
  privateKey: generated,
  consumerKey: key,
  clientId: key,
  isProtected: leftToOrg('whether the component is protected'),
  distributionState: leftToOrg('the distribution state'),
  registration: {
    because: 'External Client Apps cannot register users headlessly',
    remedy: 'remove it; headless registration needs an existing Connected App',
  },
  flows: flowSwitch,
  grantTypes: flowSwitch,
};
const NOT_FOR_PUBLIC = ['secret', 'clientSecret', 'consumerSecret', 'requireSecret'];

/** Why a kind lacks an option on purpose, where someone may expect it. */
export function whyNot(name: string, kind: ClientKind): Refusal | undefined {
  if (kind === 'public' && NOT_FOR_PUBLIC.includes(name)) return noDemand;
  const none = Object.hasOwn(NO_OPTIONS, name) ? NO_OPTIONS[name] : undefined;
  return none ?? ROWS.find((row) => row.name === name)?.why?.[kind];
}
