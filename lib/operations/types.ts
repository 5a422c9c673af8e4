import type { ClientKind } from '../declaration/client-app';
import type { DeployProgress } from '../org/org';
import type { FieldChange, OrgPlan, PhasePlan } from '../plan/plan';
import type { Diagnostic } from '../values/diagnostic';

/** Version of the shape of receipts, drift reports and outputs; an unknown major is refused on reading (D28). */
export const RECEIPT_FORMAT_VERSION = '1.1';

/** What an operation tells while it runs. */
export type OperationEvent =
  | { readonly kind: 'step'; readonly message: string }
  | { readonly kind: 'deploy'; readonly phase: string; readonly progress: DeployProgress }
  | { readonly kind: 'warning'; readonly diagnostic: Diagnostic };

/** Is called for each event, in order and while the operation runs. What it throws ends the operation. */
export type OnEvent = (event: OperationEvent) => void;

/** What apply did to one app, and what its owner needs next. Never a secret. */
export interface AppReceipt {
  /** Developer name of the app in the org. */
  readonly api_name: string;
  /** Construct path: `identity/prod/Portal`. */
  readonly path: string;
  /** Absent for a deleted app, which no code declares any more. */
  readonly kind?: ClientKind;
  /**
   * What a reading of the org afterward found. `not-applied`: planned, and not done. `unknown`: no answer came to the
   * deploy, and the reading does not settle it.
   */
  readonly action: 'created' | 'updated' | 'unchanged' | 'deleted' | 'skipped' | 'not-applied' | 'unknown';
  /** The OAuth client id; absent where the org does not tell. */
  readonly consumer_key?: string;
  /** Where in Setup a person finds the consumer secret; absent for apps that have none to hand over. */
  readonly secret_in_setup?: string;
  /** The real full name of each component, by metadata type. */
  readonly names: Readonly<Record<string, string>>;
  /** Fields this manifest manages, as `Type.field`: lets the next plan say what is no longer managed. */
  readonly managed: readonly string[];
}

/**
 * What became of one deploy of an apply. `failed`: nothing of it was kept. `in-doubt`: the org may hold it, or still be
 * at it. `not-begun`: it was not sent. `put-back`: done, and undone again because what it was for failed.
 */
export type PhaseState = 'done' | 'failed' | 'in-doubt' | 'not-begun' | 'put-back';

/** One deploy of an apply, and what became of it. */
export interface PhaseReceipt {
  /** Which phase it is, for programs. */
  readonly name: PhasePlan['name'];
  /** Which phase it is, for people. */
  readonly title: string;
  /** What became of the deploy. */
  readonly state: PhaseState;
}

/** What apply did to one org. Kept as a file, it is the memory by which a deleted app is told from a new one (D8). */
export interface OrgReceipt {
  /** Version of the shape of this document, major and minor: `1.1`. An unknown major is refused on reading. */
  readonly format_version: string;
  /** Name of the org: the construct id. */
  readonly org: string;
  /** Organization id, 18 characters. */
  readonly org_id: string;
  /** Owner of the apps in the org: `<stack>/<org>`. */
  readonly manifest_id: string;
  /** Digest of the plan that was carried out. */
  readonly plan_digest: string;
  /** What was done to each app. */
  readonly apps: readonly AppReceipt[];
  /** Only what was written, by the reading afterward. */
  readonly settings: readonly { readonly type: string; readonly changes: readonly FieldChange[] }[];
  /** The deploys in order, and what became of each. Receipts of versions before 1.1 have none. */
  readonly phases?: readonly PhaseReceipt[];
  /** Fields that the org keeps otherwise than declared, or that could not be read back (D7). */
  readonly remarks: readonly Diagnostic[];
}

/** Managed fields that differ from the declaration, per app and settings record; empty when in sync. */
export interface OrgDrift {
  /** Version of the shape of this document, major and minor: `1.1`. An unknown major is refused on reading. */
  readonly format_version: string;
  /** Name of the org: the construct id. */
  readonly org: string;
  /** Organization id, 18 characters. */
  readonly org_id: string;
  /** True where every declared field that could be compared is as declared, and no app is stopped. */
  readonly in_sync: boolean;
  /** The plan that would repair it; its changes read "now → declared". */
  readonly plan: OrgPlan;
}

/** The public facts other programs need about the declared apps. */
export interface OrgOutputs {
  /** Version of the shape of this document, major and minor: `1.1`. An unknown major is refused on reading. */
  readonly format_version: string;
  /** Name of the org: the construct id. */
  readonly org: string;
  /** Organization id, 18 characters. */
  readonly org_id: string;
  /** Address of the org, which its OAuth endpoints begin with. */
  readonly instance_url: string;
  /** Each declared app. `consumer_key` is absent where the org has no such app, or does not tell the key. */
  readonly apps: readonly {
    readonly api_name: string;
    readonly label: string;
    readonly kind: ClientKind;
    readonly exists: boolean;
    readonly consumer_key?: string;
    readonly callback_urls: readonly string[];
    readonly scopes: readonly string[];
  }[];
}
