import type { IpRange, SecuritySettingsPolicy, TlsClientAuthPolicy } from '../declaration/client-app';
import { TlsClientAuthType } from '../declaration/options/tls-client-auth-type';
import { readIpRanges } from '../declaration/read/ip-ranges';
import { readRecord, readText } from '../declaration/read/values';
import type { Reading } from '../declaration/reading';
import { addressesIn } from '../values/ip-range';
import { type Expression, list, literal, members, name } from './expression';
import { rangeRows, rangesOf } from './ip-ranges';
import { CONFIDENTIAL, EVERY_KIND, option, optional } from './option';
import { ifStated } from './owned';
import { constantsOf, type Live, textOf } from './recall';
import { SETTINGS } from './settings';
import { constants, object, setOf, text } from './shape';
import { ipRange } from './shapes';

/** The undocumented settings that the author asks for by name. Stating none, the record in the org is never written. */
export const experimental = option({
  name: 'experimental',
  kinds: EVERY_KIND,
  shape: object([
    {
      name: 'securitySettings',
      shape: object([
        { name: 'tokenIpRanges', shape: setOf(ipRange) },
        {
          name: 'tlsClientAuth',
          shape: object([
            { name: 'type', shape: constants({ TlsClientAuthType }, 'type'), required: true },
            { name: 'value', shape: text, required: true },
          ]),
          kinds: CONFIDENTIAL,
        },
      ]),
    },
  ]),
  notOnConnectedApps: [{ because: 'the undocumented security settings are a record of External Client Apps' }],
  read: (given, reading) => optional('securitySettings', readExperimental(given, reading)),
  notRecalled: 'Salesforce may refuse to deploy the record, and it stays as it is while no program states it',
  reread: (live) => {
    const ranges = rangesOf(live.value(SETTINGS.refreshIpRanges));
    const tokenIpRanges = ranges.length === 0 ? undefined : list(ranges);
    return members({ securitySettings: members({ tokenIpRanges, tlsClientAuth: recallTlsClientAuth(live) }) });
  },
  fields: [
    {
      ...SETTINGS.refreshIpRanges,
      path: 'securitySettings',
      value: (app) => ifStated(rangeRows(app.securitySettings?.tokenIpRanges)),
    },
    {
      ...SETTINGS.tlsClientAuthType,
      path: 'securitySettings.tlsClientAuth',
      value: (app) => ifStated(app.securitySettings?.tlsClientAuth?.type),
    },
    {
      ...SETTINGS.tlsClientAuthValue,
      path: 'securitySettings.tlsClientAuth',
      value: (app) => ifStated(app.securitySettings?.tlsClientAuth?.value),
    },
  ],
});

function recallTlsClientAuth(live: Live): Expression | undefined {
  const type = live.value(SETTINGS.tlsClientAuthType);
  const [constant] =
    constantsOf(TlsClientAuthType, (each): each is TlsClientAuthType => TlsClientAuthType.is(each)).find(
      ([, each]) => each.type === type,
    ) ?? [];
  if (constant === undefined) return undefined;
  const value = literal(textOf(live.value(SETTINGS.tlsClientAuthValue)) ?? '');
  return members({ type: name({ TlsClientAuthType }, constant as keyof typeof TlsClientAuthType), value });
}

/** Salesforce's limit for the allowlist of refresh tokens, over all of its ranges. */
const MAX_ADDRESSES = 256n;

const FIELD = 'experimental.securitySettings';

function readExperimental(value: unknown, reading: Reading): SecuritySettingsPolicy | undefined {
  if (value === undefined) return undefined;
  const experimental = readRecord(value, 'experimental', ['securitySettings'], reading);
  const given = experimental?.['securitySettings'];
  if (given === undefined) return undefined;
  // The client shows the certificate of a private key, and an app on a device cannot keep one.
  const withKey = reading.kind === 'public' ? [] : ['tlsClientAuth'];
  const record = readRecord(given, FIELD, ['tokenIpRanges', ...withKey], reading);
  if (!record) return undefined;
  const tokenIpRanges = readIpRanges(record['tokenIpRanges'], `${FIELD}.tokenIpRanges`, reading);
  if (tokenIpRanges) tooManyAddresses(tokenIpRanges, reading);
  const tlsClientAuth = readTlsClientAuth(record['tlsClientAuth'], reading);
  if (!tokenIpRanges && !tlsClientAuth) return undefined;
  return { ...(tokenIpRanges && { tokenIpRanges }), ...(tlsClientAuth && { tlsClientAuth }) };
}

function tooManyAddresses(ranges: readonly IpRange[], reading: Reading): void {
  const count = ranges.reduce((sum, { start, end }) => sum + (addressesIn(start, end) ?? 0n), 0n);
  if (count <= MAX_ADDRESSES) return;
  reading.report('too-many', `${FIELD}.tokenIpRanges`, {
    problem: `the ranges hold ${count} addresses`,
    allowed: `at most ${MAX_ADDRESSES} addresses in all ranges together`,
    remedy: 'state the addresses that the client really calls from',
  });
}

function readTlsClientAuth(value: unknown, reading: Reading): TlsClientAuthPolicy | undefined {
  if (value === undefined || reading.kind === 'public') return undefined;
  const field = `${FIELD}.tlsClientAuth`;
  const record = readRecord(value, field, ['type', 'value'], reading);
  if (!record) return undefined;
  const { type } = record;
  const allowed = 'a TlsClientAuthType such as TlsClientAuthType.SUBJECT_DN';
  if (type === undefined) reading.missing(`${field}.type`, allowed);
  else if (!TlsClientAuthType.is(type)) reading.wrongType(`${field}.type`, type, allowed);
  if (record['value'] === undefined) reading.missing(`${field}.value`, 'what the certificate says there');
  const said = reading.perOrg(record['value'], `${field}.value`, (one) => readText(one, `${field}.value`, reading));
  return TlsClientAuthType.is(type) && said !== undefined ? { type: type.type, value: said } : undefined;
}
