import type { SettingName } from '../../options/settings';
import { valueOf } from '../../policy/reading';
import { outsideOf } from '../allowlist';
import { idleDays, sessionMinutes } from '../cases/refresh';
import type { Flows, Subject } from '../subject';

/** What happens in a scenario, one thing after the other. */
export type Step =
  /** The client is run; once more where that fails and `attempts` are left. */
  | { readonly kind: 'run'; readonly attempts?: number; readonly oneCallPerSession?: true; readonly mayFail?: true }
  /** It is run twice at the same time. */
  | { readonly kind: 'run-twice' }
  /** What was given out gets older. */
  | { readonly kind: 'age'; readonly ms: number }
  /** From now on it calls from there; without an address, from where it is at home. */
  | { readonly kind: 'move'; readonly address?: string | undefined }
  /** An administrator revokes everything that the app was given. */
  | { readonly kind: 'revoke' };

/** Something that happens to every client sooner or later. */
export interface Scenario {
  /** Stable; reports and tests name it. */
  readonly id: string;
  readonly about: string;
  /** True where a person has to log in anew afterward, however well the client is made. */
  readonly newLogin: boolean;
  /** Settings that decide when it happens. */
  readonly decidedBy: readonly SettingName[];
  readonly applies: (subject: Subject, flows: Flows) => boolean;
  /** What happens to a client that has logged in. */
  readonly steps: (subject: Subject) => readonly Step[];
}

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
/** Of access tokens, where nothing else is stated. */
const SESSION_MINUTES = 120;

const RUN: Step = { kind: 'run' };
const TWO_ATTEMPTS: Step = { kind: 'run', attempts: 2 };

const age = (ms: number): Step => ({ kind: 'age', ms: ms + MINUTE });
const sessionOver = (subject: Subject): Step => age((sessionMinutes(subject) ?? SESSION_MINUTES) * MINUTE);
const always = (): boolean => true;
const refreshes = (_: Subject, flows: Flows): boolean => flows.refreshes;

/** After how many days a refresh token ends however often it is used. */
function lifetimeDays({ fields }: Subject): number | undefined {
  const policy = valueOf(fields.refreshTokenPolicy);
  if (policy?.type !== 'SpecificLifetime') return undefined;
  return (policy.period ?? 0) * ({ Hours: 1 / 24, Days: 1, Months: 30 }[policy.unit ?? ''] ?? 1);
}

const LIFETIME: readonly SettingName[] = ['refreshTokenType', 'packedRefreshTokenPolicy'];
const SESSION: readonly SettingName[] = ['sessionTimeoutMinutes', 'jwtTimeoutMinutes'];

/** In the order of the report. The first one is a login alone; each of the others goes on from one. */
export const SCENARIOS: readonly Scenario[] = [
  {
    id: 'login',
    about: 'logs in',
    newLogin: true,
    decidedBy: [],
    applies: always,
    steps: () => [],
  },
  {
    id: 'sessions-over',
    about: 'comes back three times, each time after its session has ended',
    newLogin: false,
    decidedBy: SESSION,
    applies: always,
    steps: (subject) => [1, 2, 3].flatMap(() => [sessionOver(subject), RUN]),
  },
  {
    id: 'session-over-in-between',
    about: 'goes on when its session ends between two calls',
    newLogin: false,
    decidedBy: SESSION,
    applies: refreshes,
    steps: () => [{ kind: 'run', oneCallPerSession: true }],
  },
  {
    id: 'two-at-once',
    about: 'comes back twice at the same time, and once more',
    newLogin: false,
    decidedBy: SESSION,
    applies: always,
    steps: (subject) => [sessionOver(subject), { kind: 'run-twice' }, RUN],
  },
  {
    id: 'outside-allowlist',
    about: 'moves out of its allowlist, where its session ends, and back again',
    newLogin: true,
    decidedBy: ['refreshIpRanges'],
    applies: (subject, flows) => flows.refreshes && outsideOf(subject) !== undefined,
    steps: (subject) => [
      { kind: 'move', address: outsideOf(subject) },
      sessionOver(subject),
      { kind: 'run', mayFail: true },
      { kind: 'move' },
      TWO_ATTEMPTS,
    ],
  },
  {
    id: 'revoked',
    about: 'logs in again after an administrator has revoked its access',
    newLogin: true,
    decidedBy: [],
    applies: always,
    steps: () => [{ kind: 'revoke' }, TWO_ATTEMPTS],
  },
  {
    id: 'idle',
    about: 'logs in again after it was not used for too long',
    newLogin: true,
    decidedBy: ['idleRefreshTokenLimit', ...LIFETIME],
    applies: (subject, flows) => flows.refreshes && idleDays(subject) !== undefined,
    steps: (subject) => [age((idleDays(subject) ?? 0) * DAY), TWO_ATTEMPTS],
  },
  {
    id: 'lifetime-over',
    about: 'logs in again after the life of its refresh token',
    newLogin: true,
    decidedBy: LIFETIME,
    applies: (subject, flows) => flows.refreshes && lifetimeDays(subject) !== undefined,
    steps: (subject) => [age((lifetimeDays(subject) ?? 0) * DAY), TWO_ATTEMPTS],
  },
];
