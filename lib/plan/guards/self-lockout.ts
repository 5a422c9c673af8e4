import type { ObservedApp } from '../../metadata/observed';
import { fieldsOf, placesOnBoth, type SettingName, SETTINGS } from '../../options/settings';
import { diagnose } from '../../values/diagnose';
import type { Diagnostic } from '../../values/diagnostic';
import type { LoginProblem } from '../login-rules';
import { isOwnApp, loginProblems, loginWords } from '../own-login';
import type { FieldChange } from '../plan';
import type { Situation } from '../situation';
import type { AppGuard } from './guard';

/** The app that this very connection came through must still let the next run in (D13). */
export const guardSelfLockout: AppGuard = ({ app, live, diffs, situation }) => {
  if (!live || !isOwnApp(live, situation.identity)) return [];
  const changes = diffs.flatMap((diff) => diff.changes);
  if (changes.length === 0) return [];
  const written = diffs.filter((diff) => diff.changes.length > 0).map(({ merged }) => merged);
  const after: ObservedApp = {
    ...live,
    components: {
      ...live.components,
      ...Object.fromEntries(written.map((component) => [component.type, { state: 'present', component }])),
    },
  };
  const problems = [...introduced(live, after, situation), ...unjudged(changes, situation)];
  return judged(problems, { name: app.api_name, path: app.path }, situation);
};

/** What stands against the login afterward and did not before: the login that made the plan came through all the same. */
function introduced(before: ObservedApp, after: ObservedApp, situation: Situation): readonly LoginProblem[] {
  const { identity, today } = situation;
  const given = { identity, user: situation.facts.ownUser, today };
  const known = new Set(loginProblems(before, given).map(keyOf));
  return loginProblems(after, given).filter((problem) => !known.has(keyOf(problem)));
}

const keyOf = ({ setting, state, why }: LoginProblem): string => `${setting} ${state} ${why}`;

/** Settings that the rules judge for a login of any way. */
const JUDGED: readonly SettingName[] = [
  ...(['appEnabled', 'oauthEnabled', 'permittedUsers', 'permissionSets', 'profiles', 'ipRelaxation'] as const),
  'refreshIpRanges',
];
const JUDGED_FIELDS = fieldsOf(...JUDGED);

/** Where the way of the login is not known, whatever breaks clients may break it. */
function unjudged(changes: readonly FieldChange[], { identity }: Situation): readonly LoginProblem[] {
  if (identity.login) return [];
  return changes
    .filter(({ impact, field }) => impact.level === 'breaks' && !JUDGED_FIELDS.has(field))
    .map(({ field, impact }) => ({
      state: 'may',
      setting: settingAt(field),
      why: `${field}: the change breaks ${impact.who ?? 'clients'}`,
      fix: '',
    }));
}

const settingAt = (field: string): SettingName =>
  (Object.keys(SETTINGS) as SettingName[]).find((name) => placesOnBoth(name).some((place) => place.field === field)) ??
  'label';

/** The app, by the name that a consent has, and where the finding belongs. */
interface Subject {
  readonly name: string;
  readonly path: string;
  /** Of the refusal. Default: that of a change of the app. */
  readonly code?: 'self-lockout' | 'self-lockout-by-settings';
}

/** What stands against the next login, as an error; as a warning where someone accepted it by name. */
export function judged(
  problems: readonly LoginProblem[],
  { name, path, code = 'self-lockout' }: Subject,
  { identity, consents, facts }: Pick<Situation, 'identity' | 'consents' | 'facts'>,
): readonly Diagnostic[] {
  const cutting = problems.filter(({ state }) => state !== 'not-evaluated');
  const open = problems.filter(({ state }) => state === 'not-evaluated');
  const words = (list: readonly LoginProblem[]): string => [...new Set(list.map(({ why }) => why))].join('; ');
  const known = { app: name, login: loginWords(identity) };
  const accepted = consents.accept_lockout.includes(name);
  const unread = facts.ownUser?.unread ?? [];
  const reason = unread.length === 0 ? '' : ` (${unread.join('; ')})`;
  return [
    ...(cutting.length === 0
      ? []
      : [
          diagnose(
            accepted ? 'self-lockout-accepted' : code,
            { path },
            {
              ...known,
              certainty: cutting.some(({ state }) => state === 'refused') ? 'cuts' : 'can cut',
              reason: words(cutting),
            },
          ),
        ]),
    ...(open.length === 0
      ? []
      : [diagnose('self-lockout-unchecked', { path }, { ...known, reason: `${words(open)}${reason}` })]),
  ];
}
