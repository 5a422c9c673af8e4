import type { EmulatorSwitches } from '../../lib/emulator/switches';
import type { ContractOrg } from './org';

/** What a probe does to the org. `validate`: deploys that are checked only. `write`: throw-away apps, removed afterward. */
export type Level = 'read' | 'validate' | 'write';

/** The position of a switch in which the emulator would behave as this org, or why this org does not show it. */
export type Answer<T = unknown> = ({ readonly is: T } | { readonly open: string }) & {
  /** What the probe could not take away again, and a person has to. */
  readonly left?: string;
};

export interface Probe<T = unknown> {
  readonly level: Level;
  readonly ask: (org: ContractOrg) => Promise<Answer<T>>;
}

export type SwitchName = keyof EmulatorSwitches;

/** A probe for every switch that a client can answer. */
export type Probes = { readonly [Name in SwitchName]?: Probe<EmulatorSwitches[Name]> };

export const is = <T>(position: T): Answer<T> => ({ is: position });
export const open = (why: string): Answer<never> => ({ open: why });
