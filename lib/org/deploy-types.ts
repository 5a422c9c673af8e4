import type { Files } from '../metadata/package/zip';

export interface DeployRequest {
  /** `package.xml`, component files, possibly `destructiveChanges*.xml`. */
  readonly files: Files;
  /** Version of the Metadata API: 60 to 68. */
  readonly apiVersion: number;
  /** Validate only; nothing is kept. */
  readonly checkOnly: boolean;
  /** Warnings do not fail the deploy. Only for a rotation, which Salesforce always answers with one. */
  readonly ignoreWarnings?: true;
}

export interface DeployFailure {
  /** Metadata type of the component. */
  readonly type: string;
  /** Full name of the component. */
  readonly fullName: string;
  /** Path in the package. */
  readonly fileName: string;
  /** The words of the org. */
  readonly problem: string;
  /** In the file, from 1. */
  readonly line?: number;
  /** In the line, from 1. */
  readonly column?: number;
}

export type DeployOutcome =
  | { readonly status: 'succeeded'; readonly id: string; readonly warnings: readonly DeployFailure[] }
  /** Nothing was kept: the port always asks for rollback on error. */
  | {
      readonly status: 'failed';
      readonly id: string;
      readonly failures: readonly DeployFailure[];
      /** Job-level message, where there is one. */
      readonly message?: string;
    };

/** How a deploy that was sent before stands. `gone`: the org knows none of that id. `unclear`: over, and not as asked for. */
export interface DeployStanding {
  /** How it stands. */
  readonly status: 'succeeded' | 'failed' | 'running' | 'gone' | 'unclear';
  /** The org's own word for it (`InProgress`), or why it has none. */
  readonly word: string;
}

/** Ids of the deploys that the org has not finished, or why that is not known. */
export type RunningDeploys = { readonly ids: readonly string[] } | { readonly unknown: string };

export interface DeployProgress {
  /** `0Af…`. */
  readonly id: string;
  /** The org's own word: `InProgress`. */
  readonly status: string;
  /** Components that are through. */
  readonly done: number;
  /** Components in all; 0 until the org has counted them. */
  readonly total: number;
  /** While it waits for other deploys of the org. */
  readonly queued?: DeployQueued;
}

/** Where a deploy stands in the queue of the org, as far as the org tells. */
export interface DeployQueued {
  /** ISO time. */
  readonly since?: string;
  /** Other deploys and validations that run. */
  readonly running?: number;
  /** Others that wait, before this one or after it. */
  readonly waiting?: number;
}
