import type { ClientCredentialsPolicy, PermittedUsersPolicy } from '../declaration/client-app';
import { Username } from '../declaration/options/username';
import { readCertificate } from '../declaration/read/certificate';
import { readJustification } from '../declaration/read/justification';
import { readUsername } from '../declaration/read/usernames';
import { readRecord } from '../declaration/read/values';
import type { Reading } from '../declaration/reading';
import { call, type Expression, justification, members, perOrg } from './expression';
import { type Default, forAll, machineOnly, option, optional } from './option';
import { byDefault, ifStated, NOTHING, stated } from './owned';
import { type Live, scalar, statesCertificate, textOf } from './recall';
import { SETTINGS } from './settings';
import { object } from './shape';
import { certificate as certificateShape, justification as excuse, username } from './shapes';

// How a machine signs in.

/** The JWT bearer flow. The key's fingerprint is kept in the description, since the org may not give the key back. */
export const certificate = option({
  name: 'certificate',
  kinds: ['machine'],
  shape: certificateShape,
  why: {
    private: machineOnly('a certificate (JWT bearer flow)'),
    public: machineOnly('a certificate (JWT bearer flow)'),
  },
  read: (given, reading) => optional('certificate', readCertificate(given, reading)),
  fields: [
    {
      ...SETTINGS.certificateFingerprint,
      value: (app) => ifStated(app.certificate?.fingerprint),
    },
    {
      ...SETTINGS.certificate,
      value: (app) => ifStated(app.certificate?.base64),
    },
  ],
  recall: recallCertificate,
});

/** Where the org does not return it, what the ownership line says of it; of a machine without another way in, a gap. */
function recallCertificate(live: Live): Expression | undefined {
  if (!statesCertificate(live)) return undefined;
  const base64 = textOf(live.value(SETTINGS.certificate));
  const { fingerprint } = live.certificateOnRecord;
  const known = base64 === undefined ? (fingerprint === undefined ? {} : { fingerprint }) : { base64 };
  return perOrg(live.certificate(known, ''));
}

const off: Default<boolean> = {
  what: 'clientCredentials',
  value: forAll<boolean>(false),
  reason:
    'Anyone who holds the key and the secret acts as the run-as user; a signed assertion proves more and leaks less.',
  source: 'RFC 9700 section 2.5; Salesforce Help: OAuth 2.0 Client Credentials Flow',
};

export interface ClientCredentialsValues {
  readonly clientCredentials?: ClientCredentialsPolicy;
}

const enabled = ({
  clientCredentials: flow,
  kind,
}: ClientCredentialsValues & { readonly kind: keyof (typeof off)['value'] }) =>
  flow ? stated(true) : byDefault(off.value[kind]);

/** Both halves of the switch and the user it runs as; the flow exists only with a justification. */
export const clientCredentials = option({
  name: 'clientCredentials',
  kinds: ['machine'],
  shape: object([
    { name: 'runAs', shape: username, required: true },
    { ...excuse, required: true },
  ]),
  why: {
    private: machineOnly('the client credentials flow'),
    public: {
      because: 'the client credentials flow needs a secret, which an app on a device cannot keep',
      remedy: 'remove it, and declare a MachineApp that runs on a server',
    },
  },
  unknownAtSynth: ['runAs'],
  default: off,
  excuses: [
    'SFCA-ECA-CLIENT-CREDENTIALS',
    'SFCA-CA-CLIENT-CREDENTIALS',
    // A machine that may use client credentials needs no certificate.
    'SFCA-ECA-JWT-BEARER',
    'SFCA-CA-DIGITAL-SIGNATURES',
  ],
  read: (given, reading): ClientCredentialsValues =>
    optional('clientCredentials', readClientCredentials(given, reading)),
  fields: [
    { ...SETTINGS.clientCredentialsPolicy, value: enabled },
    { ...SETTINGS.clientCredentials, value: enabled },
    {
      ...SETTINGS.runAsUser,
      value: (app) => ifStated(app.clientCredentials?.runAs) ?? NOTHING,
    },
  ],
  recall: (live) => {
    const both = [SETTINGS.clientCredentials, SETTINGS.clientCredentialsPolicy];
    const user = scalar(live.value(SETTINGS.runAsUser));
    // To state the flow would switch on the half of it that is off.
    if (!both.every((half) => live.value(half) === true) || user === undefined) return undefined;
    const runAs = perOrg(call({ Username }, 'of', user));
    return members({ runAs, justification: justification(live.expires) });
  },
});

function readClientCredentials(value: unknown, reading: Reading): ClientCredentialsPolicy | undefined {
  if (value === undefined) return undefined;
  const record = readRecord(value, 'clientCredentials', ['runAs', 'justification'], reading);
  if (!record) return undefined;
  readJustification(record['justification'], 'clientCredentials', 'the client credentials flow', reading);
  return { runAs: readUsername(record['runAs'], 'clientCredentials.runAs', reading) };
}

/** What must hold between the options of a machine (D18). */
export function checkMachine(
  { permittedUsers: policy, scopes }: { permittedUsers: PermittedUsersPolicy; scopes: readonly string[] },
  reading: Reading,
): void {
  const { props: given } = reading;
  if (given['certificate'] === undefined && given['clientCredentials'] === undefined) {
    reading.found('no-way-in', { field: 'certificate' });
  }
  if (given['permittedUsers'] !== undefined && policy.policy === 'self-authorized') {
    reading.found('machine-needs-pre-authorization', { field: 'permittedUsers' });
  } else if (given['certificate'] !== undefined && 'permissionSets' in policy && policy.permissionSets.length === 0) {
    reading.found('no-permission-set', {
      field: 'permittedUsers.permissionSets',
      given: [],
      source: 'Salesforce Help: OAuth 2.0 JWT Bearer Flow for External Client Apps',
    });
  }
  if (scopes.includes('Full') && !scopes.includes('Api')) {
    reading.found('full-without-api', { field: 'scopes' });
  }
}
