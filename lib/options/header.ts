import { knownAtSynth } from '../declaration/known-at-synth';
import { readBoolean, readEmail, readHttpsUrl, readLines, readText } from '../declaration/read/values';
import type { Reading } from '../declaration/reading';
import { apiNameProblem } from '../values/api-name';
import { literal, perOrg } from './expression';
import { EVERY_KIND, option, plain } from './option';
import { stated } from './owned';
import { scalar } from './recall';
import { SETTINGS } from './settings';
import { text } from './shape';

export const label = option({
  name: 'label',
  kinds: EVERY_KIND,
  shape: text,
  unknownAtSynth: ['self'],
  read: (given, reading) => {
    if (given === undefined) reading.missing('label', 'the name of the app as people read it');
    return { label: readText(given, 'label', reading) ?? '' };
  },
  fields: [{ ...SETTINGS.label, value: (app) => stated(app.label) }],
  recall: (live) => scalar(live.value(SETTINGS.label)),
});

/** The construct id, word for word, unless another one is stated. */
export const apiName = option({
  name: 'apiName',
  kinds: EVERY_KIND,
  shape: text,
  read: (given, reading) => ({ apiName: readApiName(given, reading) }),
  notRecalled: 'the construct id is the API name',
});

function readApiName(value: unknown, reading: Reading): string {
  if (value !== undefined && typeof value !== 'string') {
    reading.wrongType('apiName', value, 'a name');
    return '';
  }
  if (knownAtSynth(value, 'apiName', reading) !== 'known') return '';
  const name = value ?? reading.context.id;
  // What exists already, as every Connected App does, may have a longer name.
  const problem = apiNameProblem(name, reading.props['adopt'] === true || reading.platform === 'connected-app');
  if (problem) reading.report('invalid-api-name', 'apiName', problem, { given: name });
  return name;
}

export const description = plain({
  name: 'description',
  kinds: EVERY_KIND,
  shape: text,
  unknownAtSynth: ['self'],
  setting: SETTINGS.description,
  read: readDescription,
});

/** The line that tells who manages the app is ours: a second one would say so of someone else. */
function readDescription(value: unknown, field: string, reading: Reading): string | undefined {
  const text = readLines(value, field, reading);
  if (text === undefined || !/^Managed as code by\b/m.test(text)) return text;
  reading.found('reserved-text', { field });
  return undefined;
}

export const contactEmail = option({
  name: 'contactEmail',
  kinds: EVERY_KIND,
  shape: text,
  unknownAtSynth: ['self'],
  read: (given, reading) => {
    const own = reading.perOrg(given, 'contactEmail', (one) => readEmail(one, 'contactEmail', reading));
    const contact = own ?? reading.context.contactEmail;
    if (contact === undefined && given === undefined) {
      reading.missing('contactEmail', 'the mailbox of the owners, here or as contactEmail of the SalesforceOrg');
    }
    return { contactEmail: contact ?? '' };
  },
  fields: [{ ...SETTINGS.contactEmail, value: (app) => stated(app.contactEmail) }],
  recall: (live) => {
    const contact = scalar(live.value(SETTINGS.contactEmail));
    return contact && perOrg(contact);
  },
});

export const contactPhone = plain({
  name: 'contactPhone',
  kinds: EVERY_KIND,
  shape: text,
  unknownAtSynth: ['self'],
  setting: SETTINGS.contactPhone,
  read: (given, field, reading) => readText(given, field, reading),
});

const url = <Name extends 'infoUrl' | 'logoUrl' | 'iconUrl'>(name: Name) =>
  plain({
    name,
    kinds: EVERY_KIND,
    unknownAtSynth: ['self'],
    setting: SETTINGS[name],
    read: readHttpsUrl,
    shape: text,
  });
export const infoUrl = url('infoUrl');
export const logoUrl = url('logoUrl');
export const iconUrl = url('iconUrl');

/** Takes over an app that exists under this name (D11). */
export const adopt = option({
  name: 'adopt',
  kinds: EVERY_KIND,
  notInHcl: 'an import block takes over an app that exists',
  read: (given, reading) => ({ adopt: readBoolean(given, 'adopt', reading) ?? false }),
  recall: () => literal(true),
});
