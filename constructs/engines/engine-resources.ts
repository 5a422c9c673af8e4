import type { Platform } from '../../lib/declaration/client-app';
import type { RecordKind } from '../../lib/metadata/records/kind';
import type { Construct } from '../tree';

/** What the Terraform resource of an app knows after the apply, as tokens for other resources. */
export interface Outputs {
  readonly consumerKey: string;
  readonly applicationId: string;
}

/** What of an app is known when it is constructed. */
export interface AppIdentity {
  readonly apiName: string;
  readonly platform: Platform;
}

/** What of a record beside the apps is known when it is constructed. */
export interface RecordIdentity {
  readonly kind: RecordKind;
  readonly apiName: string;
}

/** The Terraform resources of one org, as an engine makes them. */
export interface EngineResources {
  /** Adds an app. Undefined: Terraform learns nothing back from the org. */
  addApp(scope: Construct, app: AppIdentity): Outputs | undefined;
  /** Adds a record beside the apps. */
  addRecord(scope: Construct, record: RecordIdentity): void;
  /** Called when the program states settings of the org. */
  addSettings(): void;
}
