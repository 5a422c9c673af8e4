import type { Construct } from './base';

/** What the Terraform resource of an app knows after the apply, as tokens for other resources. */
export interface Outputs {
  readonly consumerKey: string;
  readonly applicationId: string;
}

/** The Terraform resources of one org, as an engine makes them. */
export interface EngineResources {
  readonly name: 'null' | 'provider';
  /** Adds an app. Undefined: Terraform learns nothing back from the org. */
  addApp(scope: Construct, apiName: string): Outputs | undefined;
  /** Told when the program states settings of the org. */
  addSettings(): void;
}
