import type { AssetTokenPolicy } from '../declaration/client-app';
import { readBoolean, readRecord, readText } from '../declaration/read/values';
import type { Reading } from '../declaration/reading';
import { Duration, formatDuration, isValidDuration, toMinutes } from '../values/duration';
import { type Expression, literal, members, perOrg } from './expression';
import { EVERY_KIND, option, optional } from './option';
import { ASSET_TOKEN_NAMES } from './other-words';
import { type FieldValue, ifStated, stated } from './owned';
import { type Live, minutes, recordOf, scalar } from './recall';
import { backwards, renamed } from './records';
import { SETTINGS, settings } from './settings';
import { flag, object, text } from './shape';
import { duration } from './shapes';

type Name = keyof typeof ASSET_TOKEN_NAMES;

const rowOf = (token: AssetTokenPolicy): Readonly<Record<Name, string | boolean | number>> => ({
  assetTokenAudiences: token.audiences,
  areAttributesIncludedInAssetToken: token.includeCustomAttributes,
  areCustomPermsIncludedInAssetToken: token.includeCustomPermissions,
  assetTokenSigningCertificate: token.signingCertificate,
  assetTokenValidity: token.validitySeconds,
});

/** The one record of a Connected App. */
const TOGETHER = SETTINGS.assetTokenCertificate.ca.field;

/** Asset tokens: JWTs that tie a connected device to what the token's user may do. */
export const assetToken = option({
  name: 'assetToken',
  kinds: EVERY_KIND,
  shape: object([
    { name: 'audiences', shape: text, required: true },
    { name: 'signingCertificate', shape: text, required: true },
    { name: 'validity', shape: duration, required: true },
    { name: 'includeCustomAttributes', shape: flag },
    { name: 'includeCustomPermissions', shape: flag },
  ]),
  read: (given, reading) => optional('assetToken', readAssetToken(given, reading)),
  fields: [
    ...(Object.keys(ASSET_TOKEN_NAMES) as Name[]).map((name) => ({
      eca: settings(name),
      value: ({ assetToken: token }: { readonly assetToken?: AssetTokenPolicy }) =>
        ifStated(token && rowOf(token)[name]),
    })),
    {
      ca: TOGETHER,
      value: ({ assetToken: token }) => token && stated(renamed(ASSET_TOKEN_NAMES)(rowOf(token))),
    },
  ],
  recall: recallAssetToken,
});

/** Nothing, where the app has no more than the flags of the flow. */
function recallAssetToken(live: Live): Expression | undefined {
  const together = recordOf(live.own({ ca: TOGETHER }));
  const record = renamed(backwards(ASSET_TOKEN_NAMES))(together);
  const member = (name: Name): FieldValue | undefined => live.own({ eca: settings(name) }) ?? record[name];
  const audiences = member('assetTokenAudiences');
  const key = scalar(member('assetTokenSigningCertificate'));
  const seconds = member('assetTokenValidity');
  if (audiences === undefined && key === undefined && seconds === undefined) return undefined;
  const flag = (name: Name): Expression | undefined => (member(name) === true ? literal(true) : undefined);
  return members({
    audiences: scalar(audiences),
    signingCertificate: key && perOrg(key),
    // Seconds that are no minutes have no Duration: the option is then left out, and the flow stays as it is.
    validity: typeof seconds === 'number' && seconds % 60 === 0 ? minutes(seconds / 60) : undefined,
    includeCustomAttributes: flag('areAttributesIncludedInAssetToken'),
    includeCustomPermissions: flag('areCustomPermsIncludedInAssetToken'),
  });
}

const MEMBERS = [
  'audiences',
  'signingCertificate',
  'validity',
  'includeCustomAttributes',
  'includeCustomPermissions',
] as const;

function readAssetToken(value: unknown, reading: Reading): AssetTokenPolicy | undefined {
  if (value === undefined) return undefined;
  const record = readRecord(value, 'assetToken', MEMBERS, reading);
  if (!record) return undefined;
  for (const member of ['audiences', 'signingCertificate', 'validity'] as const) {
    if (record[member] === undefined)
      reading.missing(`assetToken.${member}`, 'a value: asset tokens cannot do without');
  }
  const flag = (member: (typeof MEMBERS)[number]) =>
    readBoolean(record[member], `assetToken.${member}`, reading) ?? false;
  return {
    audiences: readText(record['audiences'], 'assetToken.audiences', reading) ?? '',
    signingCertificate:
      reading.perOrg(record['signingCertificate'], 'assetToken.signingCertificate', (one) =>
        readCertificateId(one, reading),
      ) ?? '',
    validitySeconds: readSeconds(record['validity'], reading),
    includeCustomAttributes: flag('includeCustomAttributes'),
    includeCustomPermissions: flag('includeCustomPermissions'),
  };
}

function readCertificateId(value: unknown, reading: Reading): string {
  const field = 'assetToken.signingCertificate';
  const allowed = 'the id of a self-signed certificate of this org: 0P1 and 12 or 15 more characters';
  const text = readText(value, field, reading, allowed);
  if (text === undefined || /^0P1[A-Za-z0-9]{12}([A-Za-z0-9]{3})?$/.test(text)) return text ?? '';
  const problem = { problem: 'this is not the id of a certificate', allowed, remedy: 'copy it from Setup' };
  reading.report('invalid-certificate-id', field, problem, { given: text });
  return '';
}

function readSeconds(value: unknown, reading: Reading): number {
  if (value === undefined) return 0;
  const field = 'assetToken.validity';
  const allowed = 'a Duration of minutes, hours or days';
  if (!Duration.is(value)) {
    reading.wrongType(field, value, allowed);
    return 0;
  }
  const minutes = isValidDuration(value) ? toMinutes(value) : undefined;
  if (minutes !== undefined && minutes <= MAX_MINUTES) return minutes * 60;
  const problem = { problem: 'the duration is out of range', allowed, remedy: 'choose a shorter duration' };
  reading.report('invalid-duration', field, problem, { given: formatDuration(value) });
  return 0;
}

/** The field holds a signed 32-bit number of seconds. */
const MAX_MINUTES = Math.floor(2_147_483_647 / 60);
