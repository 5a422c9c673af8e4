import type { Component } from '../metadata/component';
import { asText } from '../metadata/normalize';
import type { DeployFailure, DeployOutcome } from '../org/org';
import { APP_POLICIES, OAUTH_POLICIES, OAUTH_SETTINGS } from '../values/metadata-types';

/** Records of which every app has exactly one, made by Salesforce where no one brings it along. */
export const POLICY_TYPES = [OAUTH_POLICIES, APP_POLICIES] as const;

export const isPolicy = ({ type }: Pick<Component, 'type'>): boolean =>
  (POLICY_TYPES as readonly string[]).includes(type);

/** What Salesforce calls a policy that it makes by itself. */
export const automaticName = (type: string, app: string, settings = `${app}_oauth`): string =>
  `${type === POLICY_TYPES[0] ? settings : app}_defaultPolicy`;

/** The app that a record belongs to. */
export const appNamedBy = ({ fields, fullName }: Component): string =>
  asText(fields['externalClientApplication'] ?? fullName);

/** A policy record that Salesforce refused because the app has one already. */
export interface TakenPolicy {
  readonly write: Component;
  readonly app: string;
  /** The name of the one that exists; undefined where no one knows. */
  readonly name: string | undefined;
  /** The name comes from Salesforce, not from what it is by custom. */
  readonly taken: boolean;
}

const TAKEN = /duplicates value on (?!record\b)([A-Za-z]\w*)/;

/** The name that a DUPLICATE_VALUE message gives for the record that exists; some messages have but an id. */
export const takenName = (problem: string): string | undefined => TAKEN.exec(problem)?.[1];

/** A policy that was refused only because there is one already. */
export const isTakenPolicy = (failure: DeployFailure): boolean =>
  isPolicy(failure) && /duplicates value on /.test(failure.problem);

/** The policy records that a deploy failed for, whatever else it failed for. */
export function takenPolicies(outcome: DeployOutcome, writes: readonly Component[]): readonly TakenPolicy[] {
  if (outcome.status !== 'failed') return [];
  const found = new Map<Component, TakenPolicy>();
  for (const { type, fullName, problem } of outcome.failures.filter(isTakenPolicy)) {
    const write = writes.find((each) => each.type === type && each.fullName === fullName);
    if (!write) continue;
    const taken = takenName(problem);
    const app = appNamedBy(write);
    found.set(write, { write, app, name: taken ?? customaryName(write, app, writes), taken: taken !== undefined });
  }
  return [...found.values()];
}

function customaryName({ type }: Component, app: string, writes: readonly Component[]): string {
  const settings = writes.find((each) => each.type === OAUTH_SETTINGS && appNamedBy(each) === app);
  return automaticName(type, app, settings?.fullName);
}
