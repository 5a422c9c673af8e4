import { declaredValue } from '../../metadata/declared-setting';
import type { ManifestApp } from '../../metadata/manifest';
import type { Flows } from '../subject';
import { type Attempt, endWords, grantWords, passed } from './attempt';
import { becauseOf, blame } from './blame';
import type { Because, ScenarioResult } from './report';
import type { Scenario } from './scenarios';
import type { WireCall } from './wire';

type Verdict = Omit<ScenarioResult, 'scenario' | 'about'>;

const survives = (did: string): Verdict => ({ outcome: 'survives', did });
const open = (did: string, output?: string): Verdict => ({ outcome: 'not-evaluated', did, ...said(output) });
const breaks = (did: string, because: Because, output?: string): Verdict => ({
  outcome: 'breaks',
  did,
  because,
  ...said(output),
});
const said = (output = ''): Pick<Verdict, 'output'> => (output === '' ? {} : { output });

/** Whose client it is. */
interface About {
  readonly app: ManifestApp;
  readonly flows: Flows;
}

/** What the runs of one scenario say about the client. The first run of each is a login. */
export function judge(scenario: Scenario, attempts: readonly Attempt[], about: About): Verdict {
  const [login, ...after] = attempts;
  if (login === undefined) return open('it was not run');
  const first = afterLogin(login, about);
  if (scenario.id === 'login') return first;
  // What breaks its login is said there, once.
  if (first.outcome !== 'survives') return open('it did not log in anew, as it has to for this', login.output);
  if (scenario.id === 'outside-allowlist') return afterMove(after, about);
  return scenario.newLogin ? afterEnd(scenario, after, about) : afterSession(scenario, after, about);
}

function afterLogin(login: Attempt, { app }: About): Verdict {
  const { calls, output } = login;
  const granted = calls.some(({ grant, refused }) => grant !== undefined && refused === undefined);
  if (login.ends.some(({ kind }) => kind === 'not-started')) return open(`the command ${endWords(login)}`);
  if (calls.length === 0) return open(`it made no call to the org, and ${endWords(login)}`, output);
  if (passed(login) && granted) return survives(grantWords(calls));
  const because = firstBlame(calls, app);
  const did = passed(login) ? 'it got no token, and ended with exit code 0' : `it ${endWords(login)}`;
  return because ? breaks(`${did}: ${refusals(calls)}`, because, output) : open(`${did}: ${refusals(calls)}`, output);
}

/** A session has ended; a client that has a refresh token goes on without a person. */
function afterSession(scenario: Scenario, attempts: readonly Attempt[], { app, flows }: About): Verdict {
  const calls = attempts.flatMap((attempt) => attempt.calls);
  const because = firstBlame(calls, app);
  const failed = attempts.find((attempt) => !passed(attempt));
  if (failed) {
    const did = `it ${endWords(failed)}: ${refusals(failed.calls)}`;
    if (because) return breaks(did, because, failed.output);
    const ended = scenario.id !== IN_BETWEEN && failed.calls.some(({ refused }) => refused !== undefined);
    return ended ? breaks(did, decided(scenario, app, NOT_BACK), failed.output) : open(did, failed.output);
  }
  if (calls.length === 0) return open('it made no call to the org');
  const refreshed = calls.some(({ grant, refused }) => grant === 'refresh_token' && refused === undefined);
  const askedPerson = calls.some(({ operation }) => operation === 'authorize');
  if (because && askedPerson) return breaks(`a person had to log in again: ${refusals(calls)}`, because);
  if (flows.refreshes && !refreshed) {
    return open(askedPerson ? 'it logged in again each time, so that no refresh was tried' : NO_REFRESH);
  }
  return survives(grantWords(calls));
}

const IN_BETWEEN = 'session-over-in-between';
const NOT_BACK = 'its session had ended, and it did not get a new one';
const NO_REFRESH = 'it used no refresh token';

/** All it had has ended; a client that may ask a person, or signs in on its own, does so at the latest at the next run. */
function afterEnd(scenario: Scenario, attempts: readonly Attempt[], { app }: About): Verdict {
  const last = attempts.at(-1);
  const calls = attempts.flatMap((attempt) => attempt.calls);
  if (calls.length === 0) return open('it made no call to the org');
  if (last && passed(last)) {
    return survives(attempts.length > 1 ? `it failed once, then: ${grantWords(last.calls)}` : grantWords(calls));
  }
  const why = 'it did not log in again, not even when it was run once more';
  const output = last?.output;
  const did = `it ${last ? endWords(last) : 'was not run'}: ${refusals(calls)}`;
  return breaks(did, firstBlame(calls, app) ?? decided(scenario, app, why), output);
}

/** It was run where its allowlist does not let it in, and then at home again: being refused there is what is declared. */
function afterMove([outside, ...back]: readonly Attempt[], { app }: About): Verdict {
  if (outside === undefined) return open('it was not run');
  const { calls, output } = outside;
  if (!calls.some(({ refused }) => refused?.description === KEPT_OUT)) {
    return passed(outside) && calls.length > 0
      ? survives(`outside, the org refused it nothing for its address: ${grantWords(calls)}`)
      : open(`outside it ${endWords(outside)}: ${refusals(calls)}`, output);
  }
  const there = `outside it ${endWords(outside)}: ${refusals(calls)}`;
  const last = back.at(-1);
  if (last === undefined) return open(`${there}; back inside it was not run`);
  if (passed(last)) return survives(`${there}; back inside: ${grantWords(last.calls)}`);
  const did = `${there}; back inside it ${endWords(last)}: ${refusals(last.calls)}`;
  return breaks(
    did,
    becauseOf(app, 'refreshIpRanges', 'it did not recover from an address that is kept out'),
    last.output,
  );
}

const KEPT_OUT = 'ip restricted';

function firstBlame(calls: readonly WireCall[], app: ManifestApp): Because | undefined {
  for (const call of calls) {
    const because = blame(call, app);
    if (because) return because;
  }
  return undefined;
}

/** The setting that made it happen, where one does. */
function decided({ decidedBy }: Scenario, app: ManifestApp, why: string): Because {
  const setting = decidedBy.find((name) => ![undefined, false].includes(declaredValue(app, name) as undefined | false));
  return setting === undefined ? { why } : becauseOf(app, setting, why);
}

/** What the org refused, each refusal once. */
function refusals(calls: readonly WireCall[]): string {
  const all = calls.flatMap(({ refused }) => (refused ? [`${refused.error}: ${refused.description}`] : []));
  return all.length === 0 ? 'the org refused nothing' : `the org said ${[...new Set(all)].join('; ')}`;
}
