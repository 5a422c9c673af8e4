import type { Component, FieldRecord, FieldValue } from '../../metadata/component';
import { APP_WORDS, everyApp, liveText } from '../../metadata/live-app';
import { ENABLEMENT_FIELD } from '../../metadata/oauth-record-components';
import type { ManifestRecord } from '../../metadata/manifest';
import type { Diagnostic } from '../../values/diagnostic';
import { diagnose } from '../../values/diagnose';
import type { ComponentDiff } from '../diff';
import type { Situation } from '../situation';
import { judgeApexClass } from './apex-classes';
import { knownToTerraform } from './unknown-values';

/** What a guard of a record beside the apps may look at. */
export interface RecordGuardInput {
  readonly record: ManifestRecord;
  readonly live: Component | undefined;
  readonly diff: ComponentDiff;
  readonly situation: Situation;
}

type RecordGuard = (input: RecordGuardInput) => readonly Diagnostic[];

/** Every guard's findings about a custom scope or a token exchange handler; an error blocks it (D13). */
export const guardRecord: RecordGuard = (input) =>
  [expired, late, appsExist, othersStay, usersExist, classExists].flatMap((guard) => guard(input));

const expired: RecordGuard = ({ record, situation }) =>
  record.exceptions
    .filter(({ expires }) => expires < situation.today)
    .map(({ option = '', expires }) =>
      diagnose(
        'justification-expired',
        { path: record.path, field: `${option}.justification.expires`, value: expires },
        { expires, today: situation.today },
      ),
    );

const late: RecordGuard = ({ record, diff }) =>
  record.late === undefined || diff.changes.length === 0
    ? []
    : [knownToTerraform(record.path, record.late, 'a record')];

/** The fields that hold rows about apps, and how people call what is done for an app there. */
const ROWS = { assignedTo: 'connectedApps', enablements: 'enabledFor' } as const;

interface NamedApp {
  readonly name: string;
  readonly platform: 'external-client-app' | 'connected-app';
}

/** The apps that the rows of a record name. */
function appsIn(value: FieldValue | undefined): readonly NamedApp[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly FieldRecord[]).flatMap((row) =>
    (['external-client-app', 'connected-app'] as const).flatMap((platform) => {
      const name = row[ENABLEMENT_FIELD[platform]];
      return typeof name === 'string' && name !== '' ? [{ name, platform }] : [];
    }),
  );
}

const same =
  (a: NamedApp) =>
  (b: NamedApp): boolean =>
    a.platform === b.platform && a.name.toLowerCase() === b.name.toLowerCase();

/** An app that neither the org nor the code has would make Salesforce refuse the whole deploy. */
const appsExist: RecordGuard = ({ record, situation: { manifest, observed } }) => {
  const declared = manifest.apps.map(({ api_name: name, platform }): NamedApp => ({ name, platform }));
  const live = everyApp(observed).map(({ apiName: name, platform }): NamedApp => ({ name, platform }));
  return Object.entries(ROWS).flatMap(([field, option]) =>
    appsIn(record.fields[field]?.value)
      .filter((app) => ![...declared, ...live].some(same(app)))
      .map(({ name, platform }): Diagnostic =>
        diagnose(
          'app-missing',
          {
            severity: platform === 'connected-app' && observed.connectedAppsUnread !== undefined ? 'warning' : 'error',
            path: record.path,
            field: option,
            value: name,
          },
          { platform: APP_WORDS[platform], app: name },
        ),
      ),
  );
};

/** The list is written whole, so that leaving out somebody else's app would cut it off. */
const othersStay: RecordGuard = ({ record, live, situation: { manifest, observed } }) => {
  const ours = manifest.apps.map(({ api_name: name, platform }): NamedApp => ({ name, platform }));
  return Object.entries(ROWS).flatMap(([field, option]) => {
    if (!record.fields[field]) return [];
    const stated = appsIn(record.fields[field].value);
    return appsIn(live?.fields[field])
      .filter((app) => !stated.some(same(app)) && !ours.some(same(app)))
      .flatMap((app): readonly Diagnostic[] => {
        const existing = everyApp(observed).find(({ apiName: name, platform }) => same(app)({ name, platform }));
        if (!existing) return [];
        // One that the code declared once: it cannot be deleted while the record names it.
        const isOurs = liveText(existing, 'managedBy') === manifest.id;
        const { name } = app;
        return [
          diagnose(
            'would-cut-off-other-app',
            {
              severity: isOurs ? 'warning' : 'error',
              path: record.path,
              field: option,
              problem: `${record.name} also serves ${name} in the org, which this program does not declare and ${isOurs ? 'cuts' : 'would cut'} off`,
              value: name,
            },
            { record: record.name, app: name, option },
          ),
        ];
      });
  });
};

const usersExist: RecordGuard = ({ record, situation }) => {
  const rows = (record.fields['enablements']?.value ?? []) as readonly FieldRecord[];
  const names = [...new Set(rows.flatMap(({ apexExecutionUser: name }) => (typeof name === 'string' ? [name] : [])))];
  const { users } = situation.facts;
  const at = { path: record.path, field: 'enabledFor' };
  if (names.length > 0 && !users) return [diagnose('execute-as-unread', at)];
  const known = new Map([...(users ?? [])].map(([name, user]) => [name.toLowerCase(), user]));
  const allowed = 'the username (not the e-mail address, not the id) of an active user of this org';
  return names.flatMap((value): readonly Diagnostic[] => {
    const user = known.get(value.toLowerCase());
    if (user?.isActive) return [];
    return [diagnose(user ? 'execute-as-inactive' : 'execute-as-missing', { ...at, value, allowed })];
  });
};

/** Salesforce refuses a handler whose class it does not have. */
const classExists: RecordGuard = ({ record, diff, situation }) => {
  const name = record.fields['tokenHandlerApex']?.value;
  if (typeof name !== 'string') return [];
  const at = { path: record.path, field: 'apexClass' };
  const touched = diff.changes.length > 0;
  const judged = judgeApexClass(name, situation.facts.apexClasses, at, touched);
  if (judged || !touched) return judged ?? [];
  const problem = 'not checked: whether the org has the Apex class';
  const remedy = 'look at Apex Classes in Setup; the deploy fails without it';
  return [{ ...at, code: 'prerequisite-unchecked', severity: 'note', problem, value: name, remedy }];
};
