import type { Component } from '../metadata/component';
import type { DeployOutcome } from '../org/org';
import type { Phase } from '../plan/phases';
import type { Diagnostic } from '../values/diagnostic';
import { compareTaken } from './compare-taken';
import { type Deploying, deployPhase } from './deploy-phase';
import { takenPolicies, type TakenPolicy } from './policy-names';

export interface DeployingApps extends Deploying {
  /** API names of the External Client Apps that do not exist yet. */
  readonly created: ReadonlySet<string>;
  /** No further deploy is started. */
  readonly stop?: AbortSignal;
}

/** How the apps' phase ended. */
export interface AppsOutcome {
  /** Components are called as the phase calls them, whatever they are called in the org. */
  readonly outcome: DeployOutcome;
  /** What a person has to know beside. */
  readonly remarks: readonly Diagnostic[];
  /** `stale`: a record has values that the plan did not know; `remarks` name them. `stopped`: on request. */
  readonly ended?: 'stale' | 'stopped';
}

/** What the org calls the records of a phase, where it is not what the phase calls them. Undefined: not to be sent. */
export type RealNames = Map<Component, string | undefined>;

export interface Learned extends AppsOutcome {
  /** Policies that were refused under every name that could be learned. */
  readonly taken: readonly TakenPolicy[];
}

/** Deploys until nothing new can be learned about names; each failed attempt changed nothing in the org. */
export async function deployLearning(phase: Phase, names: RealNames, deploying: DeployingApps): Promise<Learned> {
  const tried = new Set(phase.writes.map((write) => attempt(write, write.fullName)));
  for (;;) {
    const answer = await deployPhase(inRealNames(phase, names), deploying);
    const outcome = inNamesOfPhase(answer, phase, names);
    const taken = takenPolicies(outcome, phase.writes);
    const fresh = taken.filter(({ write, name }) => name !== undefined && !tried.has(attempt(write, name)));
    if (fresh.length === 0) return { outcome, taken, remarks: [] };
    if (deploying.stop?.aborted) return { outcome, taken: [], remarks: [], ended: 'stopped' };
    const { created, onEvent, manifest } = deploying;
    const { same, differing } = await compareTaken(
      fresh.filter(({ app }) => !created.has(app)),
      deploying,
    );
    if (differing.length > 0) return { outcome, taken: [], remarks: differing, ended: 'stale' };
    for (const { write, name } of fresh) {
      if (name !== undefined) tried.add(attempt(write, name));
      names.set(write, same.has(write) ? undefined : name);
    }
    onEvent?.({ kind: 'step', message: `${manifest.org.name} uses its own names for the policies of these apps` });
  }
}

const attempt = ({ type, fullName }: Component, name: string): string => `${type}:${fullName}:${name}`;

function inRealNames(phase: Phase, names: RealNames): Phase {
  const writes = phase.writes.flatMap((write) => {
    if (!names.has(write)) return [write];
    const fullName = names.get(write);
    return fullName === undefined ? [] : [{ ...write, fullName }];
  });
  return { ...phase, writes };
}

function inNamesOfPhase(outcome: DeployOutcome, phase: Phase, names: RealNames): DeployOutcome {
  if (outcome.status !== 'failed') return outcome;
  const failures = outcome.failures.map((failure) => {
    const write = phase.writes.find((each) => each.type === failure.type && names.get(each) === failure.fullName);
    return write ? { ...failure, fullName: write.fullName } : failure;
  });
  return { ...outcome, failures };
}
