import type { ClientKind } from '../declaration/client-app';
import type { Diagnostic } from '../values/diagnostic';
import { asSentence } from '../values/sentence';
import { kindOf, type StatedKind } from './client-kind';
import {
  type AppControl,
  type AppSubject,
  type CheckFacts,
  type Condition,
  type Control,
  type OrgSubject,
  type Verdict,
  WORST_FIRST,
} from './control';
import { APP_CONTROLS, ORG_CONTROLS } from './controls';
import { notApplicable } from './define';
import {
  allUses,
  type Exception,
  type ExceptionIndex,
  exceptionsFor,
  NO_EXCEPTIONS,
  unusedProblems,
} from './exceptions';
import { ownerOf } from './fields';
import { observedOfApp, observedOfOrg } from './observed-settings';
import { judgePack, PACK_CONTROLS, type PackName } from './packs';
import type { AppPosture, OrgPosture } from './posture';
import { valueOf } from './reading';
import type { CheckReport, ConditionResult, ControlResult, ObservedSetting, Score } from './report';
import { combinedScore, scoreOf } from './score';
import { scoreWithin, severityOf } from './severity';

/** What apps are judged against. */
export interface CheckContext {
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** The org-wide settings, which some controls take into account. */
  readonly org?: OrgPosture;
  /** @default - nothing was read beyond metadata */
  readonly facts?: CheckFacts;
  /** Judges by these requirements, and by no other control. @default - every control */
  readonly pack?: PackName;
  /** @default - none */
  readonly exceptions?: ExceptionIndex;
  /**
   * Tells violations only, of apps without exceptions: neither what is well nor a score. For programs with many apps.
   * @default false
   */
  readonly violationsOnly?: boolean;
}

/** Judges one app by every control of its platform. */
export function checkApp(app: AppPosture, context: CheckContext, stated?: StatedKind): CheckReport {
  const kind = kindOf(app, stated);
  const subjects = kind.judged_as.map((judged): AppSubject => ({
    app,
    kind: judged,
    kinds: kind.judged_as,
    facts: context.facts ?? {},
    today: context.today,
    ...(context.org && { org: context.org }),
  }));
  const { apiName: name, platform } = app;
  const exceptions = exceptionsFor(context.exceptions ?? NO_EXCEPTIONS, { name, platform });
  // Whether an exception excuses anything is seen from all results.
  const brief = context.violationsOnly === true && exceptions.length === 0;
  const judging = APP_CONTROLS.filter((each) => each.appliesTo.includes(app.platform) && isAsked(each, context));
  const results = judging.flatMap((control) => resultFor(control, subjects, { exceptions, brief }) ?? []);
  return {
    subject: {
      type: 'app',
      api_name: app.apiName,
      ...(app.label !== undefined && { label: app.label }),
      platform: app.platform,
      third_party: app.thirdParty,
      stopped: valueOf(app.fields.appEnabled) === false,
    },
    kind,
    results,
    score: scoreOf(brief ? [] : results),
    ...(context.pack && { pack: judgePack(context.pack, app) }),
  };
}

/** Nothing is said of tokens and logins where no one asked for them. */
const isAsked = ({ id, needsUsage }: Control, { facts, pack }: CheckContext): boolean =>
  pack === undefined ? needsUsage !== true || facts?.usage !== undefined : PACK_CONTROLS.includes(id);

/** Judges the org-wide settings. */
export function checkOrg(org: OrgPosture, context: CheckContext): CheckReport {
  const exceptions = exceptionsFor(context.exceptions ?? NO_EXCEPTIONS);
  const subject: OrgSubject = { org, facts: context.facts ?? {} };
  const results = ORG_CONTROLS.filter((each) => isAsked(each, context)).map((control) =>
    finish(control, control.judge(subject), {
      conditions: control.conditions,
      subject,
      exceptions,
      observed: observedOfOrg(control, org),
    }),
  );
  return { subject: { type: 'org' }, results, score: scoreOf(results) };
}

/** Apps and settings of one org together, with what is wrong with the exceptions. */
export interface OrgCheck {
  /** One report for the org-wide settings, where they were read, and one for each app. */
  readonly reports: readonly CheckReport[];
  /** Problems with exceptions and configuration; no finding is among them. */
  readonly diagnostics: readonly Diagnostic[];
  /** What is left of 100 points over everything that was evaluated. */
  readonly score: Score;
}

/** Judges the settings, where there are any, and all apps; `kinds` by API name. */
export function checkAll(
  apps: Iterable<AppPosture>,
  context: CheckContext,
  kinds: ReadonlyMap<string, StatedKind> = new Map(),
): OrgCheck {
  const index = context.exceptions ?? NO_EXCEPTIONS;
  const reports: CheckReport[] = context.org ? [checkOrg(context.org, context)] : [];
  for (const app of apps) reports.push(checkApp(app, context, kinds.get(app.apiName)));
  const uses = allUses(reports, index);
  return {
    reports,
    diagnostics: [...index.problems, ...unusedProblems(index, uses, reports)],
    score: combinedScore(reports),
  };
}

function resultFor(
  control: AppControl,
  subjects: readonly AppSubject[],
  { exceptions, brief }: { readonly exceptions: readonly Exception[]; readonly brief: boolean },
): ControlResult | undefined {
  const judged = subjects.map((subject) => ({ subject, verdict: judgeApp(control, subject) }));
  const worst = judged.reduce((a, b) => (isWorse(control, b, a) ? b : a));
  if (brief && worst.verdict.outcome !== 'fail') return undefined;
  const { subject } = worst;
  const disagree = judged.some(({ verdict }) => verdict.outcome !== worst.verdict.outcome);
  const more = [
    ...(disagree
      ? [
          `Judged as a ${subject.kind} client, because the kind of this app is not certain; state it to be judged by one policy.`,
        ]
      : []),
    ...(subject.app.sharesName && violates(worst.verdict) && control.concern === 'oauth' ? [MAY_BE_MIGRATED] : []),
  ];
  const { because: why } = worst.verdict;
  const because = more.length > 0 ? [asSentence(why), ...more].join(' ') : why;
  const result = finish(
    control,
    { ...worst.verdict, because },
    { conditions: control.conditions, subject, exceptions, observed: observedOfApp(control, subject.app) },
  );
  if (judged.length === 1) return result;
  return {
    ...result,
    by_kind: judged.map(({ subject: { kind }, verdict }) => ({
      kind,
      outcome: verdict.outcome,
      because: verdict.because,
    })),
  };
}

interface Judged {
  readonly subject: AppSubject;
  readonly verdict: Verdict;
}

/** Of two violations the one that is rated higher. */
function isWorse(control: AppControl, one: Judged, other: Judged): boolean {
  const [a = 0, b = 0] = [one, other].map(({ verdict }) => WORST_FIRST.indexOf(verdict.outcome));
  if (a !== b || one.verdict.outcome !== 'fail') return a < b;
  const rated = ({ subject, verdict }: Judged): number =>
    rating(
      control,
      verdict,
      control.conditions.map((condition) => conditionResult(condition, subject)),
    );
  return rated(one) > rated(other);
}

/** How bad a violation is within its range, by the circumstances that hold. */
function rating(control: Control, verdict: Verdict, conditions: readonly ConditionResult[]): number {
  const holds = (effect: ConditionResult['effect']): boolean =>
    conditions.some((condition) => condition.effect === effect && condition.holds === 'yes');
  return scoreWithin(verdict.cvss ?? control.cvss, holds('raises'), holds('lowers'));
}

const violates = ({ outcome }: Verdict): boolean => outcome === 'fail' || outcome === 'low-risk';

/** The settings of a Connected App say nothing about whether a migration ended its use. */
const MAY_BE_MIGRATED =
  'An External Client App has the same name: whether this Connected App was migrated and is still in use is not known.';

/** Reasons why something was not read come without a full stop. */

/** What can be said without looking at a value: about other kinds, apps without OAuth, and vendors' settings. */
function judgeApp(control: AppControl, subject: AppSubject): Verdict {
  const { app, kind } = subject;
  if (!control.kinds.includes(kind)) return notApplicable(`This control is not about ${NAMES[kind]}.`);
  if (control.concern === 'oauth' && app.oauth === 'absent') return notApplicable('The app is no OAuth client.');
  if (app.migrated === true && !control.advisory) {
    return notApplicable(
      'It was migrated: its consumer key is that of the External Client App of its name, which is judged. Salesforce keeps this entry read-only.',
    );
  }
  if (app.thirdParty && vendorDecides(control)) {
    return notApplicable(
      'The setting belongs to the vendor of this installed app; admins of this org cannot change it.',
    );
  }
  return control.judge(subject);
}

const NAMES: Readonly<Record<ClientKind, string>> = {
  private: 'private clients',
  public: 'public clients',
  machine: 'machines',
};

function vendorDecides({ reads, optional }: AppControl): boolean {
  const required = reads.filter((name) => !optional.includes(name));
  const decisive = required.length > 0 ? required : reads;
  return decisive.length > 0 && decisive.every((name) => ownerOf(name) === 'developer');
}

interface Circumstances<S> {
  readonly conditions: readonly Condition<S>[];
  readonly subject: S;
  readonly exceptions: readonly Exception[];
  readonly observed: readonly ObservedSetting[];
}

/** A verdict with its severity, its circumstances, and the exception that covers it. */
function finish<S>(control: Control, verdict: Verdict, given: Circumstances<S>): ControlResult {
  const { outcome, because, finding = control.finding, offenders } = verdict;
  const base = { control: control.id, title: control.title, because };
  if (outcome === 'not-applicable') return { ...base, outcome, conditions: [], observed: [] };
  const { observed } = given;
  if (outcome !== 'fail' && outcome !== 'low-risk') return { ...base, outcome, conditions: [], observed };
  const conditions = given.conditions.map((condition) => conditionResult(condition, given.subject));
  const cvss = rating(control, verdict, conditions);
  const rated =
    outcome === 'fail'
      ? ({ finding, severity: severityOf(cvss), cvss, ...(offenders && { offenders }), conditions, observed } as const)
      : ({ severity: 'low', conditions, observed } as const);
  const exception = control.exemptable
    ? given.exceptions.find(({ controls }) => controls.includes(control.id))
    : undefined;
  if (exception === undefined || control.advisory) return { ...base, outcome, ...rated };
  const { reason, approvedBy, expires, ticket, option, path } = exception;
  return {
    ...base,
    outcome: 'justified',
    ...rated,
    exception: {
      reason,
      approved_by: approvedBy,
      expires,
      ...(ticket !== undefined && { ticket }),
      ...(option !== undefined && { option }),
      path,
    },
  };
}

function conditionResult<S>({ effect, text, holds }: Condition<S>, subject: S): ConditionResult {
  const held = holds(subject);
  return { effect, text, holds: held === undefined ? 'unknown' : held ? 'yes' : 'no' };
}
