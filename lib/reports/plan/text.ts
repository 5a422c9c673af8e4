import { formatApiVersion } from '../../metadata/api-version';
import type { AppPlan, FieldChange, OrgPlan, PhasePlan, Plan, SettingsPlan } from '../../plan/plan';
import { quoted, visible } from '../../values/visible';
import { consentLines, diagnosticLines } from '../diagnostic-lines';
import { BLANK, type Line, line, marked, printLines, type Tone } from '../lines';
import type { RenderOptions } from '../style';
import { changeLines, filled, keptLines, newValueLines, remainderLines } from './change-lines';
import { controlLines } from './control-lines';
import { countedText, isNew, shortTexts } from './new-app';
import { quietRecords, recordHeading, recordLines } from './record-lines';
import { NOTHING_SHARED, type Shared, sharedOf } from './shared';
import { leftAsItIsText, notComparedText, noteLines, nothingToApplyLines, quietApps } from './standing-words';
import { summarize, summaryText, wideningTexts } from './summary';
import { ACTIONS, actionWords, count, kindWords } from './words';

const SIGN_TONES: Readonly<Partial<Record<AppPlan['action'], Tone>>> = {
  create: 'good',
  update: 'warn',
  delete: 'bad',
  blocked: 'bad',
};

/** A plan for people: what will happen in which order, and everything that will not happen, with the reason. */
export function planText(plan: Plan, options: RenderOptions = {}): string {
  const lines = plan.orgs.flatMap((org) => [...orgLines(org, options), BLANK]);
  return printLines(lines, options);
}

function orgLines(org: OrgPlan, options: RenderOptions): readonly Line[] {
  const phases = org.phases.flatMap((phase, index) => phaseLines(org, phase, index, options));
  return [
    ...orgHeading(org),
    ...phases,
    ...unwrittenLines(org, options),
    ...(org.diagnostics.length > 0
      ? [
          BLANK,
          ...diagnosticLines(1, org.diagnostics, { verbose: options.verbose === true }),
          ...consentLines(1, org.diagnostics),
        ]
      : []),
    BLANK,
    ...conclusion(org, options),
  ];
}

/** Which org this is about. */
export function orgHeading(org: OrgPlan): readonly Line[] {
  return [
    line(0, `Org ${visible(org.org)} (${visible(org.path)})`, 'bold'),
    line(
      1,
      `organization ${visible(org.org_id)} at ${visible(org.instance_url)}, API version ${formatApiVersion(org.api_version)}`,
      'dim',
    ),
  ];
}

function phaseLines(org: OrgPlan, phase: PhasePlan, index: number, options: RenderOptions): readonly Line[] {
  const taken = new Set(phase.settings);
  const records = new Set(phase.records);
  const apps = new Set(phase.apps);
  const settings = org.settings.flatMap((record) =>
    record.changes.filter((change) => taken.has(`${change.type}.${change.field}`)),
  );
  const written = org.apps.filter((app) => apps.has(app.api_name) && isWritten(app));
  const shared = options.verbose ? NOTHING_SHARED : sharedOf(2, written.filter(isNew));
  return [
    BLANK,
    line(1, `Phase ${index + 1} of ${org.phases.length}: ${visible(phase.title)} (one deploy, all or nothing)`, 'bold'),
    ...changeLines(2, settings),
    ...keptSettings(org.settings, settings),
    ...org.records
      .filter(({ type, full_name: name }) => records.has(`${type}:${name}`))
      .flatMap((record) => recordLines(record, org)),
    ...shared.lines,
    ...written.flatMap((app) => appLines(app, org, options, shared)),
  ];
}

/** An app that is in no deploy may have the name of one of the other platform that is. */
const isWritten = ({ action }: AppPlan): boolean => ['create', 'update', 'delete'].includes(action);

function keptSettings(records: readonly SettingsPlan[], changes: readonly FieldChange[]): readonly Line[] {
  const written = new Set(changes.map(({ type }) => type));
  return records.filter(({ type }) => written.has(type)).flatMap(({ kept }) => keptLines(3, kept));
}

/** One app: what controls find, the fields that will be written, what stays, and what no one can compare. */
function appLines(app: AppPlan, org: OrgPlan, options: RenderOptions, given: Shared = NOTHING_SHARED): readonly Line[] {
  const shared = isNew(app) ? given : NOTHING_SHARED;
  // There is nothing below the values of a new app.
  const depth = isNew(app) && !options.verbose ? 3 : 4;
  return [
    newHeading(app, org, options) ?? appHeading(app, org),
    ...shared.remarks(app).map((remark) => line(depth, remark, 'warn')),
    ...controlLines(depth, shared.controls(app)),
    ...valueLines(app, options, shared),
    ...remainderLines(5, app),
    ...(app.unchanged ? [line(4, `${count(app.unchanged, 'value')} unchanged`, 'dim')] : []),
  ];
}

/** A new app in short: what its author decided. Of any other every field, with what its change does. */
function valueLines(
  app: AppPlan,
  { verbose = false, width = LOG_WIDTH }: RenderOptions,
  shared: Shared,
): readonly Line[] {
  if (!isNew(app)) return changeLines(4, app.changes, app.usage);
  if (verbose) return newValueLines(4, app.changes);
  const texts = shortTexts(app, (text) => shared.isSaid(app, text));
  return filled(3, texts, Math.min(width, LOG_WIDTH));
}

/** Where there is no terminal. */
const LOG_WIDTH = 100;

/** `+ Portal "Partner Portal": private client app, will be created`, with its path where the name does not tell it. */
export function appHeading(
  app: AppPlan,
  { path }: Pick<OrgPlan, 'path'>,
  words: string = actionWords(app),
  joint = ', ',
): Line {
  const { sign } = ACTIONS[app.action];
  const where = app.path === `${path}/${app.api_name}` ? '' : ` (${visible(app.path)})`;
  const text = `${visible(app.api_name)}${label(app)}: ${kindWords(app)}${joint}${words}${where}`;
  return marked(2, sign, SIGN_TONES[app.action], text);
}

/** `+ Portal "Partner Portal": private client app, + 22 secure defaults`: its sign says that it will be created. */
function newHeading(app: AppPlan, org: OrgPlan, { verbose }: RenderOptions): Line | undefined {
  const counted = countedText(app);
  if (!isNew(app) || verbose || counted === '') return undefined;
  return appHeading(app, org, app.action === 'create' ? counted : `${actionWords(app)} ${counted}`, ' ');
}

/** Where it is not simply the name. */
const label = ({ api_name: name, label: text }: AppPlan): string => {
  const shown = quoted(text);
  if (text === name) return '';
  return shown.startsWith('"') ? ` ${shown}` : ` "${shown}"`;
};

/** Apps and settings of no phase: in sync, blocked, orphaned, unmanaged. */
function unwrittenLines(org: OrgPlan, options: RenderOptions): readonly Line[] {
  const written = new Set(org.phases.flatMap((phase) => phase.apps));
  const rest = org.apps.filter((app) => !written.has(app.api_name) || !isWritten(app));
  const quiet = quietApps(org);
  const loud = rest.filter((app) => !quiet.some(([, apps]) => apps.includes(app)));
  const blocked = org.settings.filter(({ action }) => action === 'blocked');
  const refused = org.records.filter(({ action }) => action === 'blocked');
  return [
    ...(loud.length + blocked.length + refused.length > 0 ? [BLANK, line(1, 'Not written', 'bold')] : []),
    ...blocked.map(({ title, type }) => marked(2, '!', 'bad', `${visible(title)} ${visible(type)}: blocked`)),
    ...refused.map((record) => recordHeading(record)),
    ...loud.flatMap((app) => appLines(app, org, options)),
    ...quiet.flatMap(([title, apps]) =>
      nameList(
        title,
        apps.map(({ api_name: name }) => name),
      ),
    ),
    ...after(quietRecords(org.records)),
    ...nameList('Unmanaged, left alone', org.unmanaged),
    ...nameList('Migrated to an External Client App, read-only', org.migrated ?? []),
  ];
}

const nameList = (title: string, names: readonly string[]): readonly Line[] =>
  names.length === 0 ? [] : [BLANK, line(1, `${title} (${names.length}): ${names.map(visible).join(', ')}`, 'dim')];

const after = (lines: readonly Line[]): readonly Line[] => (lines.length === 0 ? [] : [BLANK, ...lines]);

function conclusion(org: OrgPlan, options: RenderOptions): readonly Line[] {
  const summary = summarize([org]);
  const name = visible(org.org);
  const opens = summary.widening > 0 ? 'bad' : summary.uncertain > 0 ? 'warn' : 'bold';
  const counted = line(1, `Plan for ${name}: ${[summaryText(summary), ...wideningTexts(summary)].join('; ')}.`, opens);
  if (summary.errors > 0) {
    return [
      counted,
      line(1, `Nothing can be applied to ${name}: see the errors above. --except APP leaves an app out.`, 'bad'),
    ];
  }
  if (org.phases.length === 0) return [counted, ...nothingToApplyLines(org)];
  return [counted, ...noteLines(leftAsItIsText(org), notComparedText(org)), ...legend(org, options)];
}

/** Only of what stands above it. */
function legend({ apps }: OrgPlan, { verbose }: RenderOptions): readonly Line[] {
  const shown = apps.filter((app) => isWritten(app) || app.action === 'blocked');
  const counted = verbose !== true && shown.some((app) => isNew(app) && countedText(app) !== '');
  if (counted) return [line(1, `${LEGEND}; --verbose has all of them.`, 'dim')];
  const marks = shown.some(({ changes }) => changes.some(({ ownership }) => ownership === 'default'));
  return marks ? [line(1, `${LEGEND}.`, 'dim')] : [];
}

const LEGEND = '[default]: not set in the code';
