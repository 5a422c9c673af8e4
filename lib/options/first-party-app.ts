import type { FirstPartyAppPolicy } from '../declaration/client-app';
import { readCertificate } from '../declaration/read/certificate';
import { readBoolean, readRecord } from '../declaration/read/values';
import type { Reading } from '../declaration/reading';
import { literal, members } from './expression';
import { NO_USER, option, optional, WITH_USERS } from './option';
import { ifStated, stated } from './owned';
import { textOf } from './recall';
import { SETTINGS } from './settings';
import { flag, object } from './shape';
import { certificate } from './shapes';

/** Native login of first-party apps at the authorization challenge endpoint. */
export const firstPartyApp = option({
  name: 'firstPartyApp',
  kinds: WITH_USERS,
  shape: object([
    { name: 'enabled', shape: flag, required: true },
    { name: 'clientAssertionCertificate', shape: certificate },
  ]),
  why: { machine: NO_USER },
  notOnConnectedApps: [{ because: 'native login exists for External Client Apps only' }],
  read: (given, reading) => optional('firstPartyApp', readFirstPartyApp(given, reading)),
  fields: [
    { ...SETTINGS.firstPartyApp, value: (app) => ifStated(app.firstPartyApp?.enabled) },
    {
      ...SETTINGS.clientAssertionCertificate,
      value: ({ firstPartyApp: app }) => (app?.enabled ? stated(app.clientAssertionCertificate.base64) : undefined),
    },
  ],
  recall: (live) => {
    const base64 = textOf(live.value(SETTINGS.clientAssertionCertificate));
    if (live.value(SETTINGS.firstPartyApp) !== true || base64 === undefined) return undefined;
    const clientAssertionCertificate = live.certificate({ base64 }, 'native-login');
    return members({ enabled: literal(true), clientAssertionCertificate });
  },
});

function readFirstPartyApp(value: unknown, reading: Reading): FirstPartyAppPolicy | undefined {
  if (value === undefined) return undefined;
  const record = readRecord(value, 'firstPartyApp', ['enabled', 'clientAssertionCertificate'], reading);
  if (!record) return undefined;
  if (record['enabled'] === undefined) reading.missing('firstPartyApp.enabled', 'true or false');
  const enabled = readBoolean(record['enabled'], 'firstPartyApp.enabled', reading);
  const field = 'firstPartyApp.clientAssertionCertificate';
  const given = record['clientAssertionCertificate'];
  const certificate = readCertificate(given, reading, field);
  if (enabled !== true) {
    if (given === undefined) return { enabled: false };
    reading.found('superfluous-option', { field });
    return { enabled: false };
  }
  if (given === undefined) reading.missing(field, 'the certificate whose key signs the client attestation of the app');
  return certificate ? { enabled, clientAssertionCertificate: certificate } : { enabled: false };
}
