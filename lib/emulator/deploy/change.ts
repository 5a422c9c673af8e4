import type { Fields } from '../fields';
import type { Mint } from '../ids';
import type { MetadataType } from '../schema/types';
import type { Component, OrgState, OrgUser, PartIndex } from '../state';
import type { EmulatorSwitches } from '../switches';
import type { Position, Problem } from './messages';

/** One component as someone wants it to be, read but not yet judged. */
export interface Candidate {
  readonly type: MetadataType;
  readonly fullName: string;
  /** File in the package, or where it would be. */
  readonly path: string;
  /** Exactly what was stated. */
  readonly given: Fields;
  /** API version it was written for. */
  readonly version: number;
  readonly positions?: ReadonlyMap<string, Position>;
}

/** Everything a change of the org depends on besides the org and the request: the reducer itself knows no clock or chance. */
export interface ChangeEnvironment {
  /** ISO time stamp of the change. */
  readonly now: string;
  readonly mint: Mint;
  readonly switches: EmulatorSwitches;
  /** A seed builds an org as it might have grown: old Connected Apps, long names and broken apps are let in. */
  readonly seeding: boolean;
  /** Who makes the change; left out: the org itself, which may do everything. */
  readonly user?: OrgUser | undefined;
  /** A problem someone asked for (fault injection). */
  readonly sabotage?: (component: Candidate) => string | undefined;
}

/** What a check of one component may look at. */
export interface CheckContext {
  /** The org before the change. */
  readonly base: OrgState;
  /** The org as it would be, every component of the change in place. */
  readonly org: OrgState;
  /** The parts of apps in that org. */
  readonly parts: PartIndex;
  readonly candidate: Candidate;
  /** Everything that is written in the same change, the candidate included. */
  readonly siblings: readonly Candidate[];
  /** The record as it would be, defaults included. */
  readonly fields: Fields;
  readonly previous: Component | undefined;
  readonly env: ChangeEnvironment;
}

export type Check = (context: CheckContext) => readonly Problem[];
