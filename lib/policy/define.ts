import type { ClientKind, Platform } from '../declaration/client-app';
import type {
  AppControl,
  AppSubject,
  AppValues,
  Concern,
  Condition,
  ControlText,
  OrgControl,
  OrgSubject,
  OrgValues,
  Verdict,
} from './control';
import type { AppFieldName, OrgFieldName } from './posture';
import { unreadReasons, valueOf } from './reading';

export const pass = (because: string): Verdict => ({ outcome: 'pass', because });
export const fail = (because: string, more: Pick<Verdict, 'finding' | 'offenders' | 'cvss'> = {}): Verdict => ({
  outcome: 'fail',
  because,
  ...more,
});
export const lowRisk = (because: string): Verdict => ({ outcome: 'low-risk', because });
export const notApplicable = (because: string): Verdict => ({ outcome: 'not-applicable', because });
export const notEvaluated = (because: string): Verdict => ({ outcome: 'not-evaluated', because });

export const raises = <S>(text: string, holds: Condition<S>['holds']): Condition<S> => ({
  effect: 'raises',
  text,
  holds,
});
export const lowers = <S>(text: string, holds: Condition<S>['holds']): Condition<S> => ({
  effect: 'lowers',
  text,
  holds,
});

/**
 * Whether a client can keep a secret decides what is right: a server has to show it, a device must not be asked for it. Of
 * a client that may be either, neither is said.
 */
export const keepsSecret = ({ kinds }: AppSubject): boolean | undefined =>
  kinds.includes('public') ? (kinds.length > 1 ? undefined : false) : true;

/** What is said where {@link keepsSecret} does not know. */
export const secretUnsettled = (): Verdict =>
  notEvaluated(
    'Whether this client can keep a secret is not certain, and what is right depends on it. State its kind: do not switch ' +
      'a secret off on a guess.',
  );

/** For conditions of which nothing can be read: they are reported, and never count. */
export const unknowable = (): undefined => undefined;

export const ALL_KINDS: readonly ClientKind[] = ['private', 'public', 'machine'];
export const WITH_USERS: readonly ClientKind[] = ['private', 'public'];
export const WITH_SECRET: readonly ClientKind[] = ['private', 'machine'];
export const BOTH_PLATFORMS: readonly Platform[] = ['external-client-app', 'connected-app'];

/** The members of a control that the twins of both platforms share. */
export interface Theme<K extends AppFieldName> {
  readonly kinds: readonly ClientKind[];
  readonly concern?: Concern;
  readonly reads: readonly K[];
  readonly optional?: readonly K[];
  readonly conditions?: readonly Condition<AppSubject>[];
  readonly risk: string;
  readonly threat: string;
  readonly contradiction?: string;
  readonly considerations: ControlText['considerations'];
  readonly judge: (values: AppValues<K>, subject: AppSubject) => Verdict;
}

/** Names the type parameter of a {@link Theme} once, so that `judge` knows its values. */
export const theme = <const K extends AppFieldName>(members: Theme<K>): Theme<K> => members;

type AppSpec<K extends AppFieldName> = ControlText & Theme<K> & { readonly appliesTo: readonly Platform[] };

/**
 * A control about an app. A field in `reads` that no one could read makes the control not evaluated, unless it is also
 * in `optional`: then `judge` sees it as undefined.
 */
export function appControl<const K extends AppFieldName>(spec: AppSpec<K>): AppControl {
  const { judge, reads, optional = [], conditions = [], concern = 'oauth', ...rest } = spec;
  return {
    ...rest,
    level: 'app',
    concern,
    reads,
    optional,
    conditions,
    judge(subject) {
      const { fields } = subject.app;
      const unread = unreadReasons(reads.filter((name) => !optional.includes(name)).map((name) => fields[name]));
      if (unread.length > 0) return notEvaluated(unread.join('; '));
      const values = Object.fromEntries(reads.map((name) => [name, valueOf<unknown>(fields[name])]));
      return judge(values as unknown as AppValues<K>, subject);
    },
  };
}

type Words = Omit<ControlText, 'risk' | 'threat' | 'considerations'>;

/** The controls of both platforms about one theme; what they do not share, each platform says. */
export const twins = <const K extends AppFieldName, Shared extends Partial<Words>>(
  members: Theme<K>,
  shared: Shared,
  own: Readonly<Record<Platform, Omit<Words, keyof Shared>>>,
): readonly AppControl[] =>
  BOTH_PLATFORMS.map((platform) =>
    // Shared and own words are all the words there are, which the compiler cannot add up.
    appControl({ ...members, ...shared, ...own[platform], appliesTo: [platform] } as unknown as AppSpec<K>),
  );

type OrgSpec<K extends OrgFieldName> = ControlText & {
  readonly reads: readonly K[];
  readonly conditions?: readonly Condition<OrgSubject>[];
  readonly judge: (values: OrgValues<K>, subject: OrgSubject) => Verdict;
};

/** A control about the org-wide settings; a field that no one could read makes it not evaluated. */
export function orgControl<const K extends OrgFieldName>(spec: OrgSpec<K>): OrgControl {
  const { judge, reads, conditions = [], ...rest } = spec;
  return {
    ...rest,
    level: 'org',
    reads,
    conditions,
    judge(subject) {
      const { org } = subject;
      const unread = unreadReasons(reads.map((name) => org.fields[name]));
      if (unread.length > 0) return notEvaluated(unread.join('; '));
      const values = Object.fromEntries(reads.map((name) => [name, valueOf<unknown>(org.fields[name])]));
      return judge(values as unknown as OrgValues<K>, subject);
    },
  };
}
