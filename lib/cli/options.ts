/** Options of every command that talks to orgs. */
export interface OrgOptions {
  readonly manifest?: readonly string[];
  readonly org?: readonly string[];
  /** Use the built-in local org. */
  readonly local?: boolean;
  /** What a new local org starts with. */
  readonly seed?: string;
}

/** Consents of the command line; apps as `Name` or `ORG/Name`. */
export interface ConsentOptions {
  readonly adopt: readonly string[];
  readonly reEnable: readonly string[];
  readonly allowDelete: readonly string[];
  readonly allowRecreate: readonly string[];
  readonly allowCertificateRemoval: readonly string[];
  readonly except: readonly string[];
  readonly prune?: boolean;
  readonly resendCertificates?: boolean;
}

/** Where the memory of earlier applies is; false: neither read nor written. */
export interface ReceiptOptions {
  readonly receipt?: string | boolean;
}

export interface PlanOptions extends OrgOptions, ConsentOptions, ReceiptOptions {
  readonly out?: string;
  readonly json?: boolean;
  readonly markdown?: string;
  readonly detailedExitcode?: boolean;
  readonly target: readonly string[];
  readonly validate?: boolean;
  readonly deny?: 'widens';
  readonly package?: string;
}

export interface ApplyOptions extends OrgOptions, ConsentOptions, ReceiptOptions {
  readonly autoApprove?: boolean;
  readonly allow?: 'widens';
  readonly json?: boolean;
}

export interface DriftOptions extends OrgOptions, ReceiptOptions {
  readonly except: readonly string[];
  readonly json?: boolean;
}

export interface OutputsOptions extends OrgOptions {
  readonly json?: boolean;
}

export interface EmulateOptions {
  readonly port: number;
  readonly state?: string;
  readonly seed?: string;
  readonly profile?: 'developer' | 'production' | 'mid-2026';
}

export type StopOptions = OrgOptions;
