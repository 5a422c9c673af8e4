import type { IdTokenPolicy } from '../declaration/client-app';
import { readMinutes } from '../declaration/read/minutes';
import { readBoolean, readRecord, readText } from '../declaration/read/values';
import type { Reading } from '../declaration/reading';
import { type Expression, members } from './expression';
import { NO_USER, option, optional, WITH_USERS } from './option';
import { stated } from './owned';
import { type Live, minutes, recordOf, scalar } from './recall';
import { present } from './records';
import { SETTINGS } from './settings';
import { flag, object, text } from './shape';
import { duration } from './shapes';

/** Lifetime of ID tokens that state none, in minutes: the platform's own default, the shortest useful one. */
export const ID_TOKEN_VALIDITY_MINUTES = 2;

const MEMBERS = [
  'validity',
  'audiences',
  'includeStandardClaims',
  'includeCustomAttributes',
  'includeCustomPermissions',
] as const;

export const idToken = option({
  name: 'idToken',
  kinds: WITH_USERS,
  shape: object([
    { name: 'validity', shape: duration },
    { name: 'audiences', shape: text },
    { name: 'includeStandardClaims', shape: flag },
    { name: 'includeCustomAttributes', shape: flag },
    { name: 'includeCustomPermissions', shape: flag },
  ]),
  why: { machine: NO_USER },
  read: (given, reading) => optional('idToken', readIdToken(given, reading)),
  fields: [
    {
      ...SETTINGS.idToken,
      members: { idTokenIncludeCustomPermissions: 'includeCustomPermissions' },
      value: ({ idToken: token }) =>
        token &&
        stated(
          present({
            idTokenValidityInMinutes: token.validityMinutes,
            idTokenAudience: token.audiences,
            idTokenIncludeStandardClaims: token.includeStandardClaims,
            idTokenIncludeAttributes: token.includeCustomAttributes,
            idTokenIncludeCustomPermissions: token.includeCustomPermissions,
          }),
        ),
    },
  ],
  recall: recallIdToken,
});

function recallIdToken(live: Live): Expression | undefined {
  const record = recordOf(live.own(SETTINGS.idToken));
  if (Object.keys(record).length === 0) return undefined;
  const { idTokenValidityInMinutes: validity } = record;
  return members({
    validity: typeof validity === 'number' && validity !== ID_TOKEN_VALIDITY_MINUTES ? minutes(validity) : undefined,
    audiences: scalar(record['idTokenAudience']),
    includeStandardClaims: scalar(record['idTokenIncludeStandardClaims']),
    includeCustomAttributes: scalar(record['idTokenIncludeAttributes']),
    includeCustomPermissions: scalar(record['idTokenIncludeCustomPermissions']),
  });
}

function readIdToken(value: unknown, reading: Reading): IdTokenPolicy | undefined {
  if (value === undefined) return undefined;
  const record = readRecord(value, 'idToken', MEMBERS, reading);
  if (!record) return undefined;
  const flag = <M extends (typeof MEMBERS)[number]>(member: M) =>
    optional(member, readBoolean(record[member], `idToken.${member}`, reading));
  const validityMinutes =
    record['validity'] === undefined
      ? ID_TOKEN_VALIDITY_MINUTES
      : readMinutes(record['validity'], 'idToken.validity', { from: 1, to: 720 }, reading);
  return {
    validityMinutes,
    ...optional('audiences', readText(record['audiences'], 'idToken.audiences', reading)),
    ...flag('includeStandardClaims'),
    ...flag('includeCustomAttributes'),
    ...flag('includeCustomPermissions'),
  };
}
