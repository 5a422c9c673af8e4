import type { Component, FieldRecord } from '../../metadata/component';
import { APP_WORDS, everyApp, liveText } from '../../metadata/live-app';
import type { Manifest, ManifestRecord } from '../../metadata/manifest';
import { type AppInRow, appsInRows } from '../../metadata/records/app-rows';
import { recordKindOf } from '../../metadata/records/words';
import { diagnose } from '../../values/diagnose';
import type { Diagnostic } from '../../values/diagnostic';
import { standing } from '../../values/justification';
import type { ComponentDiff } from '../diff';
import type { Situation } from '../situation';
import { judgeApexClass } from './apex-classes';
import { knownToTerraform } from './unknown-values';
import { noSuchUser } from './users';

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
  record.exceptions.flatMap(({ option = '', expires }): readonly Diagnostic[] => {
    const { today } = situation;
    const stands = standing(expires, today);
    if (stands === 'holds') return [];
    const place = { path: record.path, field: `${option}.justification.expires`, value: expires };
    return [
      stands === 'ended'
        ? diagnose('justification-expired', place, { expires, today })
        : diagnose('justification-too-long', place),
    ];
  });

const late: RecordGuard = ({ record, diff }) =>
  record.late === undefined || diff.changes.length === 0
    ? []
    : [knownToTerraform(record.path, record.late, 'a record')];

type NamedApp = Pick<AppInRow, 'apiName' | 'platform'>;

const declaredApps = ({ apps }: Manifest): readonly NamedApp[] =>
  apps.map(({ api_name: apiName, platform }) => ({ apiName, platform }));

const same =
  (a: NamedApp) =>
  (b: NamedApp): boolean =>
    a.platform === b.platform && a.apiName.toLowerCase() === b.apiName.toLowerCase();

/** An app that neither the org nor the code has would make Salesforce refuse the whole deploy. */
const appsExist: RecordGuard = ({ record, situation: { manifest, observed } }) => {
  const names = recordKindOf(record.type)?.apps;
  if (!names) return [];
  const existing = [...declaredApps(manifest), ...everyApp(observed)];
  return appsInRows(record.fields[names.field]?.value)
    .filter((app) => !existing.some(same(app)))
    .map(({ apiName, platform }): Diagnostic =>
      diagnose(
        'app-missing',
        {
          severity: platform === 'connected-app' && observed.connectedAppsUnread !== undefined ? 'warning' : 'error',
          path: record.path,
          field: names.option,
          value: apiName,
        },
        { platform: APP_WORDS[platform], app: apiName },
      ),
    );
};

/** The list is written whole, so that leaving out someone else's app would cut it off. */
const othersStay: RecordGuard = ({ record, live, situation: { manifest, observed } }) => {
  const names = recordKindOf(record.type)?.apps;
  const written = names && record.fields[names.field];
  if (!written) return [];
  const { field, option } = names;
  const ours = [...appsInRows(written.value), ...declaredApps(manifest)];
  const inOrg = everyApp(observed);
  return appsInRows(live?.fields[field])
    .filter((app) => !ours.some(same(app)))
    .flatMap((app): readonly Diagnostic[] => {
      const existing = inOrg.find(same(app));
      if (!existing) return [];
      // One that the code declared once: it cannot be deleted while the record names it.
      const isOurs = liveText(existing, 'managedBy') === manifest.id;
      const { apiName } = app;
      return [
        diagnose(
          isOurs ? 'would-cut-off-other-app/ours' : 'would-cut-off-other-app',
          { path: record.path, field: option, value: apiName },
          { record: record.name, app: apiName, option },
        ),
      ];
    });
};

const usersExist: RecordGuard = ({ record, situation }) => {
  const rows = (record.fields['enablements']?.value ?? []) as readonly FieldRecord[];
  const names = [...new Set(rows.flatMap(({ apexExecutionUser: name }) => (typeof name === 'string' ? [name] : [])))];
  const { users } = situation.facts;
  const at = { path: record.path, field: 'enabledFor' };
  if (names.length > 0 && !users) return [diagnose('execute-as-unread', at)];
  const known = new Map([...(users ?? [])].map(([name, user]) => [name.toLowerCase(), user]));
  const allowed = 'the username (not the email address or the ID) of an active user of this org';
  return names.flatMap((value): readonly Diagnostic[] => {
    const user = known.get(value.toLowerCase());
    if (user?.isActive) return [];
    if (user) return [diagnose('execute-as-inactive', { ...at, value, allowed })];
    return [noSuchUser('execute-as-missing', { ...at, value, allowed }, situation.facts)];
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
  return [diagnose('prerequisite-unchecked/apex-class', { ...at, value: name })];
};
