import type { Manifest } from '../metadata/manifest';
import type { ObservedOrg } from '../metadata/observed';
import type { ReferencesReading } from '../metadata/references';
import type { OrgFacts, OrgIdentity } from '../org/org';
import type { CheckFacts } from '../policy/control';
import type { Consents } from './plan';

/** What earlier applies left behind as memory, reduced to what planning needs. */
export interface LastReceipt {
  /** Consumer key (or an empty text if the org did not return it) by API name. */
  readonly apps: ReadonlyMap<string, string>;
}

/** What a plan may do to apps that it would leave alone otherwise. */
export type Repairs = Pick<Situation, 'takesOver' | 'rebuilds'>;

/** Everything a plan is computed from. Pure data: the same situation always gives the same plan. */
export interface Situation {
  readonly manifest: Manifest;
  readonly observed: ObservedOrg;
  readonly identity: OrgIdentity;
  readonly facts: OrgFacts;
  /**
   * What controls judge beside metadata.
   * @default - nothing was read; what depends on it is not evaluated
   */
  readonly checkFacts?: CheckFacts;
  /**
   * Metadata beside the apps that names one. Read where an app is to be deleted.
   * @default - it was not read, and a deletion says so
   */
  readonly references?: ReferencesReading;
  readonly consents: Consents;
  /** ISO date. */
  readonly today: string;
  readonly lastReceipt: LastReceipt;
  /**
   * Apps that may be taken over from another owner, by API name: who that is.
   * @default - none
   */
  readonly takesOver?: ReadonlyMap<string, string>;
  /**
   * Broken apps that may be written, by API name: all of their records together, which gives them a consumer again.
   * @default - none
   */
  readonly rebuilds?: ReadonlySet<string>;
}
