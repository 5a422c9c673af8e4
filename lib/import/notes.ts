import { impactSentence } from '../metadata/fields/words';
import { type Expression, filesIn, parts } from '../options/expression';
import { valueText } from '../plan/change-text';
import type { FieldChange } from '../plan/plan';
import { groupBy } from '../values/group-by';
import { visible } from '../values/visible';
import type { AppSource, Hardening, NotDeclared } from './model';
import { comment, inline, member } from './print';

/** User and password in a URL, which must not be printed either. */
const CREDENTIALS = /(\/\/)[^/\s@"']+@/g;

export const withoutCredentials = (text: string): string => text.replace(CREDENTIALS, '$1…@');

/** Text of the org as a comment may hold it: on one line, everything visible, no credentials of a URL. */
export const safe = (text: string): string => withoutCredentials(visible(text));

/** `In the org`, or `In the files` that were read in its place; of several orgs, `In prod and uat`. */
function where(orgs: readonly string[], found: AppSource['found']): string {
  if (found.length === 1) return found[0]?.org.identity ? 'In the org' : 'In the files';
  const last = orgs.at(-1) ?? '';
  return `In ${orgs.length > 1 ? `${orgs.slice(0, -1).join(', ')} and ${last}` : last}`;
}

/** An app that a program does not declare, and why: `Portal, kept as it is: goes in June`. */
export const notDeclaredText = ({ app, state, reason }: NotDeclared): string =>
  `${visible(app ?? '(names not known)')}, ${state}: ${visible(reason)}`;

/** What the first apply does to one field. */
export function changeText({ type, field, title, before, after, impact }: FieldChange): string {
  const felt =
    impact.level === 'none' ? '.' : `: ${impactSentence({ level: impact.level, who: impact.who ?? 'clients' })}.`;
  const [was, becomes] = [before, after].map((value) => safe(valueText(type, field, value)));
  return `${title} (${type}.${field}) is ${was}; the first apply changes it to ${becomes}${safe(felt)}`;
}

/** The comments that stand at an option, or at the app where none is named. */
export function notesOf(
  option: string | undefined,
  { found, stated, leftOut }: AppSource,
  hardenings: readonly Hardening[],
  indent: string,
): readonly string[] {
  const own = hardenings.filter((each) => each.option === option);
  const changes = grouped(own.map(({ org, change }) => [org, changeText(change)]));
  const left = [...leftOut].flatMap(([org, all]) =>
    all.filter((each) => each.option === option).map((each) => [org, each] as const),
  );
  const stays = own.length === 0 ? ' It stays as it is.' : '';
  const refused = grouped(
    left.flatMap(([org, { refused: one }]) =>
      one
        ? [
            [
              org,
              `${safe(one.path)}${one.value === undefined ? '' : ` is ${safe(one.value)}`}, which is refused: ${safe(one.problem).replace(/\.$/, '')}.${stays}`,
            ],
          ]
        : [],
    ),
  );
  const keep = left.find(([, each]) => each.keep)?.[1].keep;
  const value = option === undefined ? undefined : stated.get(option);
  return [
    ...[...changes, ...refused].flatMap(([text, at]) => comment(`${where(at, found)}: ${text}`, indent)),
    ...(keep && option !== undefined ? keepNote(option, keep, indent, own.length > 0) : []),
    ...(option === 'refreshTokens' && value && !issuesRefreshTokens(stated) ? comment(NO_NEW_TOKEN, indent) : []),
    ...(value ? fillNotes(value, indent) : []),
  ];
}

const NO_NEW_TOKEN = 'Without Scope.REFRESH_TOKEN no one gets a new refresh token; the policy is declared as it is.';

const issuesRefreshTokens = (stated: AppSource['stated']): boolean => {
  const scopes = stated.get('scopes');
  return scopes !== undefined && inline(scopes).includes('Scope.REFRESH_TOKEN');
};

/** The orgs by what is said of them, in the order of the orgs. */
const grouped = (
  said: readonly (readonly [org: string, text: string])[],
): readonly (readonly [text: string, orgs: readonly string[]])[] =>
  [...groupBy(said, ([, text]) => text)].map(([text, same]) => [text, same.map(([org]) => org)]);

/** The line that keeps what the org has, once someone answers for it. */
function keepNote(option: string, keep: Expression, indent: string, changes: boolean): readonly string[] {
  const said = changes
    ? 'To keep it, with a reason and an approver:'
    : 'It stays as it is. To declare it, with a reason and an approver:';
  const lines = member(option, keep, '').split('\n');
  return [...comment(said, indent), ...lines.map((line) => `${indent}//   ${line}`)];
}

/** What a person has to add where the program states something that is not complete. */
function fillNotes(value: Expression, indent: string): readonly string[] {
  const blank = parts(value).some(({ is }) => is === 'blank');
  const gaps = filesIn(value).flatMap(({ file }) => ('text' in file ? [] : [file]));
  return [
    ...(blank
      ? comment('The app needs it: synth refuses it until someone has written a reason and an approver.', indent)
      : []),
    ...gaps.flatMap((gap) => comment(gapText(gap.fingerprint), indent)),
  ];
}

export const gapText = (fingerprint: string | undefined): string =>
  fingerprint === undefined
    ? 'The org does not return whether the app has a certificate. Put the one that the client signs with in this file; the first apply sends it.'
    : `The org does not return this certificate. Put it in this file; its SHA-256 fingerprint is ${fingerprint}.`;
