import type { ManifestApp } from '../../metadata/manifest';
import { flowsOf, type Subject } from '../subject';
import { type Attempt, passed } from './attempt';
import { judge } from './judge';
import type { ClientOutcome, ClientRun, ScenarioResult, WireCount } from './report';
import { SCENARIOS, type Step } from './scenarios';
import type { WireCall } from './wire';

/** Where the client runs, and what can be done to it there. */
export interface Stage {
  /** Runs the client’s command that many times at once; undefined: the person in front of it wants to stop. */
  readonly run: (times: number) => Promise<Attempt | undefined>;
  /** Gives the next runs an empty folder for what the client keeps. */
  readonly startOver: () => void;
  readonly age: (ms: number) => void;
  readonly revoke: () => void;
  /** From now on its calls come from there; without an address, from where it is at home. */
  readonly move: (address?: string) => void;
  /** From now on, an access token ends with the first call that it was used for; or no more. */
  readonly oneCallPerSession: (on: boolean) => void;
}

/**
 * Plays every scenario with one client.
 * @param app The app as the org of the stage has it.
 */
export async function play(stage: Stage, subject: Subject, app: ManifestApp): Promise<ClientRun | undefined> {
  const flows = flowsOf(subject);
  const scenarios: ScenarioResult[] = [];
  const calls: WireCall[] = [];
  // One login serves all scenarios, until one of them leaves the client without a session.
  let login: Attempt | undefined;
  let shown: Attempt | undefined;
  for (const scenario of SCENARIOS.filter(({ applies }) => applies(subject, flows))) {
    const { id, about } = scenario;
    if (scenarios.some((result, index) => index === 0 && result.outcome !== 'survives')) {
      scenarios.push({ scenario: id, about, outcome: 'not-evaluated', did: 'it does not log in' });
      continue;
    }
    if (login === undefined) {
      stage.startOver();
      login = await stage.run(1);
      if (login === undefined) return undefined;
      calls.push(...login.calls);
    }
    const after = passed(login) ? await played(stage, scenario.steps(subject)) : [];
    if (after === undefined) return undefined;
    calls.push(...after.flatMap((attempt) => attempt.calls));
    const verdict = judge(scenario, [login, ...after], { app, flows });
    scenarios.push({
      scenario: id,
      about,
      ...verdict,
      ...exchangesOf([...(shown === login ? [] : [login]), ...after]),
    });
    shown = login;
    if (verdict.outcome !== 'survives') login = undefined;
  }
  return { outcome: overall(scenarios), scenarios, wire: counted(calls) };
}

async function played(stage: Stage, steps: readonly Step[]): Promise<readonly Attempt[] | undefined> {
  const attempts: Attempt[] = [];
  for (const step of steps) {
    const attempt = await done(stage, step);
    if (attempt === 'stop') return undefined;
    if (attempt === undefined) continue;
    attempts.push(attempt);
    if (passed(attempt) || (step.kind === 'run' && step.mayFail === true)) continue;
    // A client may need a second run to see that what it kept has ended.
    if (step.kind !== 'run' || (step.attempts ?? 1) < 2) return attempts;
    const again = await done(stage, step);
    if (again === 'stop') return undefined;
    if (again) attempts.push(again);
  }
  return attempts;
}

async function done(stage: Stage, step: Step): Promise<Attempt | 'stop' | undefined> {
  switch (step.kind) {
    case 'age':
      stage.age(step.ms);
      return undefined;
    case 'move':
      stage.move(step.address);
      return undefined;
    case 'revoke':
      stage.revoke();
      return undefined;
    case 'run-twice':
      return (await stage.run(2)) ?? 'stop';
    case 'run': {
      stage.oneCallPerSession(step.oneCallPerSession === true);
      const attempt = await stage.run(1);
      stage.oneCallPerSession(false);
      return attempt ?? 'stop';
    }
  }
}

function exchangesOf(attempts: readonly Attempt[]): Pick<ScenarioResult, 'exchanges'> {
  const exchanges = attempts.flatMap((attempt) => attempt.exchanges ?? []);
  return exchanges.length === 0 ? {} : { exchanges };
}

function overall(scenarios: readonly Pick<ScenarioResult, 'outcome'>[]): ClientOutcome {
  if (scenarios.some(({ outcome }) => outcome === 'breaks')) return 'breaks';
  return scenarios[0]?.outcome ?? 'not-evaluated';
}

/** Each kind of call once, in the order of the first of them. */
function counted(calls: readonly WireCall[]): readonly WireCount[] {
  const kinds = new Map<string, WireCount>();
  for (const call of calls) {
    const key = JSON.stringify(call);
    kinds.set(key, { ...call, count: (kinds.get(key)?.count ?? 0) + 1 });
  }
  return [...kinds.values()];
}
