import type { ClientKind, Platform } from '../declaration/client-app';
import type { ControlId } from '../values/catalog';
import type { AppFieldName, AppFields, AppPosture, OrgFieldName, OrgFields, OrgPosture } from './posture';
import type { CvssRange } from './severity';
import type { UsageCheckFacts } from './usage-facts';

/** What one control says about one app or org, before exceptions. */
export type Outcome = 'pass' | 'fail' | 'low-risk' | 'not-applicable' | 'not-evaluated';

/** What counts where one control says several things about one app. */
export const WORST_FIRST: readonly Outcome[] = ['fail', 'not-evaluated', 'low-risk', 'pass', 'not-applicable'];

export interface Verdict {
  readonly outcome: Outcome;
  /** Why, in a sentence about this very app or org. Never holds a secret. */
  readonly because: string;
  /** Of a violation: what is wrong, where the control can find several things. @default - the control's own */
  readonly finding?: string;
  /**
   * Of a violation that has several things to find: what it objects to, each by itself, such as every bad callback URL.
   * Never holds a secret. @default - the setting as a whole
   */
  readonly offenders?: readonly string[];
  /** Of a violation: how bad it is for this app, where the range of the control does not fit it. */
  readonly cvss?: CvssRange;
}

/** What is known about the users that client credentials flows run as. Undefined: not read. */
export interface RunAsUserFacts {
  /** The user's own profile restricts login to IP ranges that hold few addresses. */
  readonly loginIpRanges?: boolean;
  /** The profile has ranges, and they hold so many addresses that they restrict nothing. */
  readonly wideLoginIpRanges?: true;
  /** The user may modify all data, customize the application, manage users or permissions, or write Apex. */
  readonly administrator?: boolean;
  /** What reaches records that were not shared with the user: `View All Data`, `Modify All Records of Account`. */
  readonly beyondSharing?: readonly string[];
  readonly apiOnly?: boolean;
}

/** What a token exchange handler may do, and for which apps. */
export interface ExchangeHandler {
  readonly name: string;
  readonly enabled: boolean;
  /** It may create users, and no justification in the code answers for that. */
  readonly createsUsers: boolean;
  readonly serves: readonly { readonly platform: Platform; readonly apiName: string; readonly runsAs?: string }[];
}

export interface ExchangeHandlers {
  readonly found: readonly ExchangeHandler[];
  /** Why there may be others; undefined: these are all. */
  readonly unread?: string;
}

/** What was read from the org beyond metadata. Everything is optional: what is not there is not evaluated. */
export interface CheckFacts {
  /** By username in lower case. */
  readonly runAsUsers?: ReadonlyMap<string, RunAsUserFacts>;
  /** Undefined: no one asked for them. */
  readonly exchangeHandlers?: ExchangeHandlers;
  /** The org-wide session timeout in minutes; it holds where neither app nor profile states one. */
  readonly orgSessionTimeoutMinutes?: number;
  /** Who uses the org; undefined: no one asked. Controls that need it do not judge then. */
  readonly usage?: UsageCheckFacts;
}

/** All that an app control may look at. */
export interface AppSubject {
  readonly app: AppPosture;
  /** The kind that the app is judged as. */
  readonly kind: ClientKind;
  /** All kinds that it is judged as in turn; more than one where its kind is not certain. */
  readonly kinds: readonly ClientKind[];
  readonly org?: OrgPosture;
  readonly facts: CheckFacts;
  /** `YYYY-MM-DD`. */
  readonly today: string;
}

/** All that an org control may look at. */
export interface OrgSubject {
  readonly org: OrgPosture;
  readonly facts: CheckFacts;
}

/** A circumstance that makes a violation worse or less bad. */
export interface Condition<S> {
  readonly effect: 'raises' | 'lowers';
  readonly text: string;
  /** Undefined: it could not be evaluated. */
  readonly holds: (subject: S) => boolean | undefined;
}

/** Everything a control says about itself. Reports, `explain` and the documentation are made from it. */
export interface ControlText {
  /** Stable; part of the public contract. */
  readonly id: ControlId;
  /** What is right, without a full stop. */
  readonly title: string;
  /** What is wrong where the control objects, without a full stop: heads every violation. */
  readonly finding: string;
  /** Salesforce's name for it, word for word; undefined where Salesforce has published none. */
  readonly salesforceControl?: string;
  readonly recommended: string;
  readonly risk: string;
  readonly threat: string;
  readonly cvss: CvssRange;
  readonly remedy: {
    /** What to write in a program that uses this library. */
    readonly code: string;
    /** Where to click; by platform where a control judges both, because Setup has no place that shows both. */
    readonly setup: string | Readonly<Record<Platform, string>>;
  };
  /** What a decision has to weigh, beyond risk and threat. */
  readonly considerations: {
    /** What a violation leads to, and what makes it worse or less bad in practice. */
    readonly risk: string;
    /** What the recommendation costs: who has to change what, and what stops working. */
    readonly business: string;
    /** How to get there, or to live without, where the remedy does not say it. */
    readonly guidance?: string;
  };
  readonly source: string;
  /** Where published advice contradicts itself: what it says, and how this control resolves it. */
  readonly contradiction?: string;
  /** False: violations cannot be exempted. */
  readonly exemptable: boolean;
  /** True: it judges tokens and logins, and appears only where they were asked for. */
  readonly needsUsage?: true;
  /** True: worth knowing, never a violation, and without weight in the score. */
  readonly advisory?: true;
}

/**
 * What part of an app the control is about. Only `oauth` controls fall away for apps without OAuth; `plugin` and `app`
 * controls look for themselves.
 */
export type Concern = 'oauth' | 'plugin' | 'app';

export interface AppControl extends ControlText {
  readonly level: 'app';
  readonly appliesTo: readonly Platform[];
  readonly kinds: readonly ClientKind[];
  readonly concern: Concern;
  readonly reads: readonly AppFieldName[];
  /** Those of `reads` without which there still can be a verdict. */
  readonly optional: readonly AppFieldName[];
  readonly conditions: readonly Condition<AppSubject>[];
  readonly judge: (subject: AppSubject) => Verdict;
}

export interface OrgControl extends ControlText {
  readonly level: 'org';
  readonly reads: readonly OrgFieldName[];
  readonly conditions: readonly Condition<OrgSubject>[];
  readonly judge: (subject: OrgSubject) => Verdict;
}

export type Control = AppControl | OrgControl;

/** The values of the fields that a control reads; undefined where there is none. */
export type Values<F, K extends keyof F> = { readonly [P in K]: F[P] | undefined };

export type AppValues<K extends AppFieldName> = Values<AppFields, K>;
export type OrgValues<K extends OrgFieldName> = Values<OrgFields, K>;
