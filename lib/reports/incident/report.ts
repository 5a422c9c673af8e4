import { type Found, type Incident, STEPS } from '../../usage/incident';
import { markdownTable } from '../../values/markdown-table';
import { visible } from '../../values/visible';
import { code } from '../markdown-text';
import { byHand, minutesText, STEP_WORDS } from './words';

/** The incident for people who were not there, as Markdown. Everything in it is in the journal, too. */
export function incidentReport(incident: Incident, now: string): string {
  const { found, org, org_id: id, instance_url: url, by, alarm, not_evaluated: gaps } = incident;
  const name = found?.label ?? incident.app;
  return `${[
    `# Incident: ${code(name)} in ${code(org)}`,
    `Org ${code(id)} at ${code(url)}. Begun ${alarm} by ${code(by ?? 'a user who is not known')}; this report was written ${now}. Times are in UTC.`,
    '## What the app is, and what it could reach',
    ...(found ? [factsTable(found)] : ['Not evaluated: the evidence has not been frozen yet.']),
    '## What was done',
    stepsTable(incident),
    `From the alarm until no token was listed: ${minutesText(incident)}. API calls: ${incident.api_calls}.`,
    '## What is left to do by hand',
    byHand(incident)
      .map((each) => `- ${visible(each)}`)
      .join('\n'),
    '## What was not evaluated',
    gaps.length === 0
      ? 'Everything requested was read. What the org does not keep cannot be read: see below.'
      : gaps
          .map(({ what, why, permission }) => {
            const needs = permission === undefined ? '' : ` Needs the permission ${visible(permission)}.`;
            return `- ${code(what)}: ${code(why)}.${needs}`;
          })
          .join('\n'),
    'Not part of the evidence, because the org does not record it by app: which records were read. Setup changes cover the whole org; sessions are all OAuth sessions of the app’s users.',
    '## Timeline',
    timelineTable(incident),
    '## Users whose tokens it had',
    found?.users === undefined ? 'Not evaluated.' : listOf(found.users),
    '## Evidence',
    incident.seal === undefined
      ? 'None was frozen.'
      : `In the folder ${code('evidence')}; ${code('sha256sum -c manifest.sha256')} there checks every file. The sha256 of ${code('manifest.sha256')} itself is ${code(incident.seal)}: keep it somewhere other than the folder.`,
  ].join('\n\n')}\n`;
}

const listOf = (names: readonly string[]): string =>
  names.length === 0 ? 'None.' : names.map((name) => `- ${code(name)}`).join('\n');

const orNot = (value: string | number | undefined): string => (value === undefined ? 'not evaluated' : String(value));

const PLATFORMS = { 'external-client-app': 'External Client App', 'connected-app': 'Connected App' } as const;

function factsTable(found: Found): string {
  const { label, api_name: name, platform, scopes, users, addresses } = found;
  return markdownTable(
    ['fact', 'value'],
    [
      ['label', code(label)],
      ['record in this org', platform ? `${PLATFORMS[platform]} ${code(name ?? label)}` : 'none was found'],
      ['standing', found.standing],
      ['publisher', code(found.publisher)],
      ...(found.look_alike === undefined ? [] : [['looks like', code(found.look_alike)]]),
      ['scopes', scopes ? code(scopes.join(', ')) : 'not known: they are in the record of the app'],
      ['reach', code(found.reach)],
      ['tokens when the evidence was frozen', orNot(found.tokens)],
      ['users', orNot(users?.length)],
      ['logins', orNot(found.logins)],
      ['addresses', addresses ? code(addresses.join(', ') || 'none') : 'not evaluated'],
    ],
  );
}

const stepsTable = ({ steps }: Incident): string =>
  markdownTable(
    ['step', 'state', 'begun', 'ended', 'result'],
    [
      ...STEPS.map((name) => {
        const { state, announced = '', ended = '', notes } = steps[name];
        return [STEP_WORDS[name], state, announced, ended, notes.map(code).join('; ')];
      }),
      ['Replace its certificate', 'by hand', '', '', 'a new one needs a new private key, which the client creates'],
    ],
  );

function timelineTable({ timeline, steps, alarm }: Incident): string {
  const own = STEPS.flatMap((name) => {
    const { announced, ended, state } = steps[name];
    return [
      ...(announced === undefined ? [] : [{ time: announced, what: `${STEP_WORDS[name]}: begun`, source: 'this run' }]),
      ...(ended === undefined ? [] : [{ time: ended, what: `${STEP_WORDS[name]}: ${state}`, source: 'this run' }]),
    ];
  });
  const all = [...timeline, { time: alarm, what: 'Alarm: the command was started', source: 'this run' }, ...own];
  // Steps of the same millisecond stay in their order.
  const sorted = [...all].sort((a, b) => Date.parse(a.time) - Date.parse(b.time));
  return markdownTable(
    ['time', 'what', 'source'],
    sorted.map(({ time, what, source }) => [new Date(time).toISOString(), code(what), source]),
  );
}
