import { componentType } from '../../metadata/fields';
import { transitionText, valueText } from '../../plan/change-text';
import type { AppPlan, AppPlanUsage, Effect, FieldChange, KeptField } from '../../plan/plan';
import { visible } from '../../values/visible';
import { type Line, line, marked, type Tone } from '../lines';
import { defaultMark } from './new-app';
import { usageText } from './usage-words';
import { impactText } from './words';

/** As wide as the longest word that stands before a field, so that the fields stand below each other. */
const COLUMN = 'neutral'.length;
const TONES: Readonly<Record<Effect, Tone>> = {
  widens: 'bad',
  mixed: 'bad',
  unknown: 'warn',
  narrows: 'good',
  neutral: 'dim',
};

/** Changes grouped by component, in the order of the plan; each with its effect, and what clients feel below it. */
export function changeLines(depth: number, changes: readonly FieldChange[], usage?: AppPlanUsage): readonly Line[] {
  return groups(changes).flatMap(([first, ...rest]) => [
    line(depth, componentHeading(first)),
    ...[first, ...rest].flatMap((change) => changedFieldLines(depth + 1, change, usage)),
  ]);
}

/** Every value of a new app by component; there is nothing before that it could widen or narrow. */
export const newValueLines = (depth: number, changes: readonly FieldChange[]): readonly Line[] =>
  groups(changes).flatMap(([first, ...rest]) => [
    line(depth, componentHeading(first)),
    ...[first, ...rest].map((change) => newValueLine(depth + 1, change)),
  ]);

export const newValueLine = (depth: number, change: FieldChange): Line =>
  line(depth, `${named(change.title, change.field)}: ${transitionText(change)}${defaultMark(change)}`);

/** Each of the texts on the first line that has room for it; none is broken that fits on a line of its own. */
export function filled(depth: number, texts: readonly string[], width: number): readonly Line[] {
  const room = width - 2 * depth;
  const lines: string[] = [];
  for (const text of texts) {
    // With the semicolons before it and, mostly, behind it.
    const at = lines.findIndex((each) => each.length + text.length + '; ;'.length <= room);
    if (at < 0) lines.push(text);
    else lines[at] = `${lines[at] ?? ''}; ${text}`;
  }
  return lines.map((text, index) => line(depth, index === lines.length - 1 ? text : `${text};`));
}

/** What apply leaves as it is although the code does not mention it, and what no one can compare. */
export function remainderLines(depth: number, app: AppPlan): readonly Line[] {
  const written = new Set(app.changes.map(({ type }) => type));
  return [
    ...keptLines(depth, app.kept),
    ...app.unreadable.map((name) => {
      const [type = ''] = name.split('.');
      const sent = written.has(type) ? '; it is sent with its record' : '';
      const compared = `${visible(name)}: the org does not return it; compared by what the ownership line records${sent}`;
      return marked(depth, 'unread'.padEnd(COLUMN), 'dim', compared);
    }),
  ];
}

export function keptLines(depth: number, kept: readonly KeptField[]): readonly Line[] {
  return kept.map(({ type, field, title, value }) =>
    marked(depth, 'stays'.padEnd(COLUMN), 'dim', `${named(title, field)}: ${valueText(type, field, value)}`),
  );
}

/** `Require PKCE (isPkceRequired)`: the words of Setup, and the name in the metadata. */
export const named = (title: string, field: string): string => `${visible(title)} (${visible(field)})`;

/** One change with its effect, and below it what clients feel and how many there are. */
export function changedFieldLines(depth: number, change: FieldChange, usage?: AppPlanUsage): readonly Line[] {
  const { effect, title, field } = change;
  const mark = effect.padEnd(COLUMN);
  const impact = impactText(change.impact);
  const felt = usageText(usage, change);
  return [
    marked(depth, mark, TONES[effect], `${named(title, field)}: ${transitionText(change)}${defaultMark(change)}`),
    ...(change.reason === undefined ? [] : [line(depth + 4, visible(change.reason))]),
    ...(impact === undefined ? [] : [line(depth + 4, impact, 'warn')]),
    ...(felt === undefined ? [] : [line(depth + 4, felt, 'warn')]),
  ];
}

function componentHeading({ type, full_name: fullName }: FieldChange): string {
  const title = componentType(type)?.title;
  return `${title === undefined ? '' : `${title}  `}${visible(type)} ${visible(fullName)}`;
}

function groups(changes: readonly FieldChange[]): readonly (readonly [FieldChange, ...FieldChange[]])[] {
  const found = new Map<string, [FieldChange, ...FieldChange[]]>();
  for (const change of changes) {
    const key = `${change.type}:${change.full_name}`;
    const group = found.get(key);
    if (group) group.push(change);
    else found.set(key, [change]);
  }
  return [...found.values()];
}
