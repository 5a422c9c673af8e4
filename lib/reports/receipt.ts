import { recordOf } from '../metadata/records/words';
import type { AppReceipt, OrgReceipt, PhaseState } from '../operations/types';
import { visible } from '../values/visible';
import { diagnosticLines } from './diagnostic-lines';
import { BLANK, type Line, line, marked, printLines, type Tone } from './lines';
import { count } from './plan/words';
import type { RenderOptions } from './style';

const ACTIONS: Readonly<Record<AppReceipt['action'], { readonly sign: string; readonly tone?: Tone }>> = {
  created: { sign: '+', tone: 'good' },
  updated: { sign: '~', tone: 'warn' },
  deleted: { sign: '-', tone: 'bad' },
  unchanged: { sign: '=' },
  skipped: { sign: '!', tone: 'warn' },
  'not-applied': { sign: '!', tone: 'warn' },
  unknown: { sign: '?', tone: 'bad' },
};

const APP_WORDS: Readonly<Partial<Record<AppReceipt['action'], string>>> = {
  'not-applied': 'not applied',
  unknown: 'outcome unknown',
};

const PHASE_WORDS: Readonly<Partial<Record<PhaseState, string>>> = {
  failed: 'refused, none of it was kept',
  'in-doubt': 'sent, but how it ended is not known',
  'not-begun': 'not started',
  'put-back': 'done, and rolled back',
};

/** What an apply did, and what the owner of each app needs next. Never a secret. */
export function receiptText(receipt: OrgReceipt, options: RenderOptions = {}): string {
  const { org, org_id: orgId, apps, settings, phases = [], remarks } = receipt;
  const changed = apps.filter(({ action }) => action !== 'unchanged');
  const lines = [
    line(0, `${heading(receipt)} ${visible(org)} (${visible(orgId)})`, 'bold'),
    ...phases.flatMap(({ title, state }) => {
      const words = PHASE_WORDS[state];
      return words === undefined ? [] : [marked(1, '!', 'warn', `${visible(title)}: ${words}`)];
    }),
    ...settings.map(({ type, changes }) =>
      marked(1, '~', 'warn', `${visible(recordName(type, changes))}: ${count(changes.length, 'field')} written`),
    ),
    ...changed.flatMap(appLines),
    ...(changed.length < apps.length
      ? [line(1, `${count(apps.length - changed.length, 'app')} unchanged`, 'dim')]
      : []),
    ...(apps.some(({ action }) => action === 'created' || action === 'updated') ? [BLANK, DELAY] : []),
    ...(apps.some(({ action, secret_in_setup: place }) => action === 'created' && place !== undefined)
      ? [SECRETS]
      : []),
    ...(remarks.length > 0 ? [BLANK, ...diagnosticLines(1, remarks)] : []),
    BLANK,
  ];
  return printLines(lines, options);
}

/** Of org settings there is one each; a custom scope or a token exchange handler has a name. */
function recordName(type: string, [change]: OrgReceipt['settings'][number]['changes']): string {
  const name = change && recordOf(change);
  return name === undefined ? type : `${type} ${name}`;
}

/** False where the org is as it was for certain. */
export const hasWritten = ({ apps, settings, phases = [] }: OrgReceipt): boolean =>
  settings.length > 0 ||
  apps.some(({ action }) => WRITTEN.has(action)) ||
  phases.some(({ state }) => state === 'in-doubt');

const WRITTEN: ReadonlySet<AppReceipt['action']> = new Set(['created', 'updated', 'deleted', 'unknown']);

/** True where a deploy was sent and nothing says how it ended. */
export const isInDoubt = ({ phases = [] }: OrgReceipt): boolean => phases.some(({ state }) => state === 'in-doubt');

function heading(receipt: OrgReceipt): string {
  const { phases = [] } = receipt;
  if (isInDoubt(receipt)) return 'The outcome is not known in';
  if (phases.some(({ state }) => state !== 'done')) return 'Applied in part to';
  return phases.length > 0 || hasWritten(receipt) ? 'Applied to' : 'No changes, nothing written:';
}

function appLines(app: AppReceipt): readonly Line[] {
  const { sign, tone } = ACTIONS[app.action];
  return [
    marked(1, sign, tone, `${visible(app.api_name)}: ${APP_WORDS[app.action] ?? app.action}`),
    ...(app.consumer_key === undefined ? [] : [line(3, `consumer key:    ${visible(app.consumer_key)}`)]),
    ...(app.secret_in_setup === undefined || app.action !== 'created'
      ? []
      : [line(3, `consumer secret: ${visible(app.secret_in_setup)}`)]),
  ];
}

const DELAY = line(1, 'It can take up to 30 minutes for changes to take effect in Salesforce.', 'warn');
const SECRETS = line(
  1,
  "Copy each consumer secret from Setup into the client's secret store, or hand it over with rotate --first.",
  'dim',
);
