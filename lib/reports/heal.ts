import type { HealedApp, HealedItem, HealOutcome, OrgHealing } from '../operations/heal-outcome';
import { plural } from '../values/plural';
import { visible } from '../values/visible';
import { diagnosticLines } from './diagnostic-lines';
import { BLANK, type Line, line, marked, printLines, type Tone } from './lines';
import type { RenderOptions } from './style';

const TONES: Readonly<Record<HealOutcome, Tone>> = {
  intact: 'good',
  healed: 'good',
  'to-heal': 'warn',
  'not-healed': 'bad',
  left: 'bad',
  'not-looked-at': 'dim',
};

const WORDS: Readonly<Record<HealOutcome, string>> = {
  intact: 'intact',
  healed: 'healed',
  'to-heal': 'can be healed',
  'not-healed': 'not healed',
  left: 'left for a person',
  'not-looked-at': 'not looked at',
};

const REFRESHED: Readonly<Record<OrgHealing['refreshed']['verdict'], string>> = {
  certain: 'refreshed since the last apply',
  likely: 'probably a fresh copy',
  no: 'not refreshed since the last apply',
  unknown: 'whether it was refreshed is not known',
};

const REPAIRS: Readonly<Record<HealedApp['repair'], string>> = {
  none: '',
  create: 'created',
  rebuild: 'all its records written together',
  update: 'written as declared',
};

/** What was found in one org, what was repaired, and what is left, each with the fix. */
export function healText(healed: OrgHealing, options: RenderOptions = {}): string {
  const { org, org_id: orgId, refreshed, apps, items, left, notes, not_evaluated: unread } = healed;
  const forPeople = [...left, ...apps.flatMap((app) => app.left)];
  return printLines(
    [
      line(0, `Sandbox ${visible(org)} (${visible(orgId)}): ${REFRESHED[refreshed.verdict]}`, 'bold'),
      ...refreshed.because.map((text) => line(1, visible(text), 'dim')),
      BLANK,
      ...apps.flatMap(appLines),
      ...items.map(itemLine),
      ...(forPeople.length > 0 ? [BLANK, line(0, 'Left for a person', 'bold'), ...diagnosticLines(1, forPeople)] : []),
      ...(notes.length > 0 ? [BLANK, ...diagnosticLines(1, notes)] : []),
      ...unread.map((text) => line(1, `not evaluated: ${visible(text)}`, 'dim')),
      BLANK,
      line(0, summary(healed)),
    ],
    options,
  );
}

function appLines({
  api_name: name,
  outcome,
  because,
  repair,
  consumer_key: key,
  former_consumer_key: former,
  next,
  not_evaluated: unread,
}: HealedApp): readonly Line[] {
  const what = repair === 'none' ? '' : `: ${REPAIRS[repair]}`;
  return [
    marked(1, `${WORDS[outcome]}:`, TONES[outcome], `${visible(name)}${what}`),
    ...because.map((text) => line(3, visible(text), 'dim')),
    ...(key === undefined || outcome === 'not-looked-at'
      ? []
      : [
          line(
            3,
            `consumer key: ${visible(key)}${former === undefined || former === key ? '' : ` (was ${visible(former)})`}`,
          ),
        ]),
    ...next.map(({ what: todo, command }) =>
      line(3, `next: ${todo}${command === undefined ? '' : `: ${visible(command)}`}`),
    ),
    ...unread.map((text) => line(3, `not evaluated: ${visible(text)}`, 'dim')),
  ];
}

const itemLine = ({ type, name, fields, outcome }: HealedItem): Line =>
  marked(1, `${WORDS[outcome]}:`, TONES[outcome], `${visible(type)} ${visible(name)}: ${visible(fields.join(', '))}`);

function summary({ apps, dry_run: dryRun, left }: OrgHealing): string {
  const counts = (Object.keys(WORDS) as HealOutcome[]).flatMap((outcome) => {
    const { length } = apps.filter((app) => app.outcome === outcome);
    return length === 0 ? [] : [`${length} ${WORDS[outcome]}`];
  });
  const open = left.length + apps.reduce((sum, app) => sum + app.left.length, 0);
  const rest = open === 0 ? '' : ` ${open} for a person to do.`;
  return `${plural(apps.length, 'app')}: ${counts.join(', ')}.${rest}${dryRun ? ' Nothing was written.' : ''}`;
}
