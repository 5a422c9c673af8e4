import type { AppPlan, ControlChange } from '../../plan/plan';
import { groupBy } from '../../values/group-by';
import { visible } from '../../values/visible';
import { type Line, line, marked } from '../lines';
import { controlWords, sameFindings } from './control-lines';
import { ownDefaultTexts, sharableTexts } from './new-app';
import { appRemarks, KIND_WORDS } from './words';

/** What is true of several new apps and is said once, before them. */
export interface Shared {
  readonly lines: readonly Line[];
  /** What is left to say of one of them. */
  readonly controls: (app: AppPlan) => readonly ControlChange[];
  readonly remarks: (app: AppPlan) => readonly string[];
  readonly isSaid: (app: AppPlan, text: string) => boolean;
}

/** Of apps that are shown in full. */
export const NOTHING_SHARED: Shared = {
  lines: [],
  controls: ({ controls }) => controls,
  remarks: appRemarks,
  isSaid: () => false,
};

/** Findings first, as in each app. */
export function sharedOf(depth: number, apps: readonly AppPlan[]): Shared {
  if (apps.length < 2) return NOTHING_SHARED;
  const findings = ofSeveral(
    apps.flatMap((app) => app.controls.map((control) => ({ app, control }))),
    ({ control }) => saying(control),
  );
  const remarks = ofSeveral(
    apps.flatMap((app) => appRemarks(app).map((remark) => ({ app, remark }))),
    (each) => each.remark,
  );
  const values = commonValues(apps);
  const defaults = defaultsByKind(apps);
  return {
    lines: [
      ...[...findings.values()].map((group) => findingLine(depth, group)),
      ...[...remarks].map(([remark, group]) => line(depth, `${names(group)}: ${remark}`, 'warn')),
      ...values.lines.map((text) => line(depth, text)),
      ...[...defaults].map(([kind, texts]) => line(depth, `Each new ${KIND_WORDS[kind]}: ${texts.join('; ')}`)),
    ],
    controls: ({ controls }) => controls.filter((control) => !findings.has(saying(control))),
    remarks: (app) => appRemarks(app).filter((remark) => !remarks.has(remark)),
    isSaid: ({ kind }, text) =>
      values.texts.includes(text) || (kind !== undefined && defaults.get(kind)?.includes(text) === true),
  };
}

/** The same for findings that say the same. */
const saying = (control: ControlChange): string => JSON.stringify(controlWords(control));

interface OfApp {
  readonly app: AppPlan;
}

/** Groups that are about two apps or more. */
function ofSeveral<T extends OfApp>(
  all: readonly T[],
  keyOf: (each: T) => string,
): ReadonlyMap<string, readonly [T, ...T[]]> {
  return new Map([...groupBy(all, keyOf)].filter(([, group]) => new Set(group.map(({ app }) => app)).size > 1));
}

const names = (group: readonly OfApp[]): string =>
  [...new Set(group.map(({ app }) => visible(app.api_name)))].join(', ');

/** `excused until 2027-01-31 (high): reason [SFCA-ECA-IP-RELAXATION: Backup, Portal]`. */
function findingLine(depth: number, group: readonly (OfApp & { readonly control: ControlChange })[]): Line {
  const [[words]] = sameFindings(group.map(({ control }) => control)) as [ReturnType<typeof sameFindings>[number]];
  const byControl = [...groupBy(group, ({ control }) => control.control)].map(([id, of]) => ({ id, of: names(of) }));
  const where = [...groupBy(byControl, ({ of }) => of)].map(
    ([of, all]) => `${all.map(({ id }) => id).join(', ')}: ${of}`,
  );
  return marked(depth, `${words.verb}:`, words.tone, `${visible(words.because)} [${where.join('; ')}]`);
}

/** What at least half of the apps have where all of them have something: the others say what they have. */
function commonValues(apps: readonly AppPlan[]): {
  readonly lines: readonly string[];
  readonly texts: readonly string[];
} {
  const all = apps.map(sharableTexts);
  const fields = [...(all[0] ?? new Map<string, string>()).keys()].filter((field) =>
    all.every((each) => each.has(field)),
  );
  const common = fields.flatMap((field) => {
    const groups = groupBy(
      all.map((each) => each.get(field) ?? ''),
      (text) => text,
    );
    const [text = '', same = []] = [...groups].sort(([, a], [, b]) => b.length - a.length)[0] ?? [];
    return same.length > 1 && same.length * 2 >= apps.length ? [{ text, ofAll: same.length === apps.length }] : [];
  });
  const said = (ofAll: boolean): readonly string[] =>
    common.filter((each) => each.ofAll === ofAll).map(({ text }) => text);
  const sentence = (start: string, texts: readonly string[]): readonly string[] =>
    texts.length === 0 ? [] : [`${start}: ${texts.join('; ')}`];
  return {
    lines: [...sentence('Each new app', said(true)), ...sentence('Each new app unless shown otherwise', said(false))],
    texts: common.map(({ text }) => text),
  };
}

/** Defaults that are named, which apps of one kind most often have alike. */
function defaultsByKind(apps: readonly AppPlan[]): ReadonlyMap<NonNullable<AppPlan['kind']>, readonly string[]> {
  const kinds = [...groupBy(apps, ({ kind }) => kind)];
  return new Map(
    kinds.flatMap(([kind, ofKind]) => {
      const [first = [], ...others] = ofKind.map(ownDefaultTexts);
      const texts = first.filter((text) => others.every((each) => each.includes(text)));
      return kind === undefined || others.length === 0 || texts.length === 0 ? [] : [[kind, texts] as const];
    }),
  );
}
