import { readBoolean } from '../declaration/read/values';
import { CONFIDENTIAL, EVERY_KIND, NEEDS_KEY, ONLY_CONNECTED_APPS, plain } from './option';
import { SETTINGS } from './settings';
import { flag } from './shape';

// Switches that Salesforce has in its types and has not documented yet.

/** Binds tokens to a key of the client. */
export const dpop = plain({
  name: 'dpop',
  kinds: EVERY_KIND,
  shape: flag,
  setting: SETTINGS.dpop,
  read: readBoolean,
});

/** Mutual TLS proves that the client holds a private key, so it is for clients that can keep one. */
export const mutualTls = plain({
  name: 'mutualTls',
  kinds: CONFIDENTIAL,
  shape: flag,
  why: { public: NEEDS_KEY },
  notOnConnectedApps: [
    { because: 'no published field of it is known to mean the same', remedy: 'remove it, or see pkiMutualTls' },
  ],
  setting: SETTINGS.mutualTls,
  read: readBoolean,
});

export const pkiMutualTls = plain({
  name: 'pkiMutualTls',
  kinds: CONFIDENTIAL,
  notInHcl: ONLY_CONNECTED_APPS,
  why: { public: NEEDS_KEY },
  onlyConnectedApps: {
    problem: 'only Connected Apps have the field isPKImTLSEnabled',
    remedy: 'state mutualTls, which External Client Apps have',
  },
  setting: SETTINGS.pkiMutualTls,
  read: readBoolean,
});

/** Ties tokens to an IP address. */
export const ipBinding = plain({
  name: 'ipBinding',
  kinds: EVERY_KIND,
  notInHcl: ONLY_CONNECTED_APPS,
  onlyConnectedApps: {
    problem: 'only Connected Apps have the field isIpBindingEnabled',
    remedy: 'remove it',
  },
  setting: SETTINGS.ipBinding,
  read: readBoolean,
});
