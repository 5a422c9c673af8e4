import type { OrgEnd } from '../../plan/calendar';
import type { OrgStatus } from '../../plan/status';
import { daysUntil } from '../../values/iso-date';
import { plural } from '../../values/plural';

/** What ends later is counted. */
const WITHIN_DAYS = 90;

const KIND_WORDS: Readonly<Record<OrgEnd['what'], string>> = {
  certificate: 'certificate',
  justification: 'justification of',
  'former-credentials': 'former credentials stay valid until then:',
};

/** What ends next over the whole fleet, nearest first, as lines; the first line is the heading. */
export function calendarLines(orgs: readonly OrgStatus[], today: string): readonly [string, ...string[]] {
  const ends = orgs
    .flatMap(({ org, ends: of }) => of.map((end) => ({ ...end, org, left: daysUntil(end.on, today) })))
    .sort((one, other) => one.left - other.left);
  const near = ends.filter(({ left }) => left <= WITHIN_DAYS);
  const later = ends.length - near.length;
  const heading = `Expires within ${WITHIN_DAYS} days, declared or recorded:${near.length === 0 ? ' nothing' : ''}`;
  return [
    later === 0 ? heading : `${heading} (${later} later: --format json)`,
    ...near.map(
      ({ on, org, of, what, which, left }) => `${on}, ${whenWords(left)}: ${org}/${of}: ${KIND_WORDS[what]} ${which}`,
    ),
  ];
}

const whenWords = (left: number): string =>
  left < 0 ? `over for ${plural(-left, 'day')}` : left === 0 ? 'today' : `in ${plural(left, 'day')}`;
