import type { ClientKind } from '../declaration/client-app';
import type { ConsentName, CONSENTS, InProgram, NamedConsents } from '../options/consents';
import type { PackName } from '../policy/packs';
import type { FailOn, Severity } from '../policy/severity';
import type { AuditGrouping } from '../reports/audit/words';
import type { CdkName } from '../values/cdk';
import type { RunSettings } from './config/run-settings';
import type { Forge } from './init/forges';

/** Options of every command, before or after its name. */
export interface CommonFlags {
  /** False with --no-color. */
  readonly color: boolean;
  readonly quiet?: boolean;
  readonly debug?: boolean;
}

/** Which orgs a command is about, and how to reach them. */
export interface OrgFlags {
  readonly manifest?: readonly string[];
  /** False with --no-synth: work on what the last synth wrote. */
  readonly synth?: boolean;
  readonly org?: readonly string[];
  /** An org that fails keeps those that were not begun from being begun. */
  readonly failFast?: boolean;
  readonly local?: boolean;
  readonly seed?: string;
  /** Start the local org over, as a new one. */
  readonly reset?: boolean;
  /** The configuration file that was named. */
  readonly config?: string;
  /** What the environment and that file, or the one that was found, say. */
  readonly settings?: RunSettings;
  /** Where receipts are kept instead of in .client-apps; absolute. */
  readonly receiptFolder?: string;
}

/** True where the run is about the built-in org instead of one on the network. */
export const isLocal = ({ environment }: { readonly environment: NodeJS.ProcessEnv }, flags: OrgFlags): boolean =>
  flags.local === true || environment['SF_TARGET_ORG'] === 'local';

/** The memory of earlier applies: a file of its own, or none. */
export interface ReceiptFlags {
  /** A path; true for the usual place, false for none. */
  readonly receipt?: string | boolean;
}

/** Of commands that may cut their own login off. */
export type LockoutFlags = ConsentsOf<'revoke' | 'stop' | 'delete' | 'incident'>;

/** What is asked for by name: each entry is `Name` or `ORG/Name`. */
export type ConsentFlags = { readonly [N in ConsentName as InProgram<N>]?: NamedConsents[N] } & {
  readonly failOn?: FailOn;
};

/** Those that a command has beside plan and apply. */
type ConsentsOf<Name extends string> = {
  readonly [
    N in ConsentName as (typeof CONSENTS)[N] extends { readonly also: { readonly [C in Name]: unknown } }
      ? InProgram<N>
      : never
  ]?: NamedConsents[N];
};

export interface PlanFlags extends OrgFlags, ReceiptFlags, ConsentFlags {
  readonly out?: string;
  readonly json?: boolean;
  readonly verbose?: boolean;
  readonly markdown?: string;
  readonly detailedExitcode?: boolean;
  readonly target?: readonly string[];
  readonly validate?: boolean;
  readonly deny?: 'widens';
  /** Read tokens and logins, too: one reading more. */
  readonly withUsage?: boolean;
  readonly package?: string;
}

export interface ShowFlags {
  readonly format?: 'text' | 'markdown' | 'html';
  readonly out?: string;
  readonly verbose?: boolean;
}

export interface ApplyFlags extends OrgFlags, ReceiptFlags, ConsentFlags {
  readonly autoApprove?: boolean;
  readonly allow?: 'widens';
  /** Finish an apply that was cut off, also where it began on another machine. */
  readonly resume?: boolean;
  /** Terraform runs the command, and its plan was the review. */
  readonly fromTerraform?: boolean;
  /** Beside it: undo what was changed in the org since, unless that widens. */
  readonly reapplyOnDrift?: boolean;
  readonly json?: boolean;
  readonly verbose?: boolean;
}

export interface DriftFlags extends OrgFlags, ReceiptFlags, ConsentsOf<'drift'> {
  readonly json?: boolean;
  readonly unknownApps?: boolean;
  /** Read the setup audit trail, too. */
  readonly who?: boolean;
  /** How many orgs are read at a time. */
  readonly parallel?: number;
  /** As typed; whoever sends checks it. */
  readonly webhook?: string;
}

export interface StatusFlags extends OrgFlags, ReceiptFlags {
  readonly parallel?: number;
  /** Read the setup audit trail, too. */
  readonly who?: boolean;
  readonly format?: 'text' | 'json' | 'markdown' | 'html';
  readonly out?: string;
}

export interface ProveFlags extends OrgFlags {
  readonly format?: 'text' | 'json' | 'junit' | 'markdown';
  readonly out?: string;
  readonly verbose?: boolean;
  readonly wire?: boolean;
  /** Of a client under proof: the org whose settings of today it is tried on, too. */
  readonly asIn?: string;
  /** Seconds of one run, as typed. */
  readonly timeout?: string;
  /** The client’s own browser logs in. */
  readonly loginPages?: boolean;
}

export interface MigrateFlags extends OrgFlags, LockoutFlags {
  /** API name of a new app beside the old one. */
  readonly as?: string;
  readonly kind?: ClientKind;
  /** A number of days (`90d`) or a date: what was used since then counts. */
  readonly window?: string;
  readonly json?: boolean;
}

export interface StopFlags extends OrgFlags, LockoutFlags {
  /** Seconds, as typed. */
  readonly timeout?: string;
  readonly revoke?: boolean;
  readonly unknown?: boolean;
  readonly everythingUnknown?: boolean;
  readonly dryRun?: boolean;
  readonly autoApprove?: boolean;
}

export interface StartFlags extends OrgFlags {
  /** The receipt of the stop. */
  readonly from?: string;
  readonly dryRun?: boolean;
  readonly autoApprove?: boolean;
}

export interface UsageFlags extends OrgFlags {
  readonly format?: 'text' | 'json' | 'csv' | 'markdown' | 'html';
  readonly out?: string;
  readonly app?: string;
  readonly user?: string;
  /** A number of days (`90d`) or a date. */
  readonly since?: string;
  readonly unusedFor?: string;
  readonly rehearseApiAccessControl?: boolean;
}

export interface RevokeFlags extends OrgFlags, LockoutFlags {
  readonly user?: string;
  readonly unusedFor?: string;
  /** A number of days (`90d`), a date or a time. */
  readonly grantedBefore?: string;
  readonly inactiveUsers?: boolean;
  readonly unknown?: boolean;
  readonly dryRun?: boolean;
  readonly autoApprove?: boolean;
}

export interface IncidentFlags extends OrgFlags, LockoutFlags {
  /** False: the secret stays as it is. */
  readonly rotate?: boolean;
  readonly out?: string;
  readonly resume?: string;
  readonly plan?: boolean;
  readonly evidenceOnly?: boolean;
  readonly since?: string;
  readonly unknown?: boolean;
  readonly autoApprove?: boolean;
}

export interface RotateFlags extends OrgFlags {
  readonly toCommand?: string;
  readonly toFile?: string;
  readonly toEnvFile?: string;
  readonly toGithubOutput?: boolean;
  readonly first?: boolean;
  readonly promote?: boolean;
  readonly endFormer?: boolean;
  readonly discard?: boolean;
  readonly resume?: boolean;
  /** How long former credentials stay, as typed. */
  readonly overlap?: string;
  /** With endFormer: before the overlap is over. */
  readonly now?: boolean;
  readonly acceptUnproved?: boolean;
  readonly openSecretAccess?: boolean;
  readonly autoApprove?: boolean;
}

export interface DoctorFlags extends OrgFlags {
  readonly json?: boolean;
}

export interface HealFlags extends OrgFlags, ReceiptFlags, ConsentsOf<'heal'> {
  /** The org of the program that the sandbox is a copy of. */
  readonly copiedFrom?: string;
  /** Who applies the apps. Default: by the last receipt, else by the engine of the program. */
  readonly appliedBy?: 'cli' | 'terraform';
  readonly allow?: 'widens';
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

export interface OutputsFlags extends OrgFlags {
  readonly json?: boolean;
}

export interface AuditFlags extends OrgFlags {
  readonly source?: string;
  readonly parallel?: number;
  readonly format?: 'text' | 'json' | 'sarif' | 'junit' | 'markdown' | 'csv' | 'html';
  readonly by?: AuditGrouping;
  readonly out?: string;
  readonly failOn?: Severity;
  readonly pack?: PackName;
  /** Exit as if what could not be read were not there. */
  readonly allowUnread?: boolean;
  /** Read tokens and logins, too: one reading more. */
  readonly withUsage?: boolean;
  readonly baseline?: string;
  readonly writeBaseline?: string;
  readonly reason?: string;
  readonly approvedBy?: string;
  readonly expires?: string;
  readonly ticket?: string;
}

export interface DestroyFlags extends OrgFlags, ReceiptFlags, ConsentsOf<'destroy'> {
  readonly all?: boolean;
  readonly autoApprove?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

export interface EmulateFlags {
  /** Milliseconds, as typed. */
  readonly latency?: string;
  /** Number, as typed. */
  readonly apiRequests?: string;
  readonly sandbox?: string;
  readonly port?: string;
  readonly state?: string;
  readonly seed?: string;
  readonly profile?: 'developer' | 'production' | 'mid-2026';
}

export interface ImportFlags extends OrgFlags {
  /** Files instead of an org. */
  readonly from?: string;
  /** `APP=private`. */
  readonly kind?: readonly string[];
  /** `APP=why`. */
  readonly keepAsIs?: readonly string[];
  /** What the program imports. Default: what the project has. */
  readonly cdk?: CdkName;
  readonly out?: string;
  /** Import blocks for Terraform instead of a program. */
  readonly hcl?: boolean;
  readonly json?: boolean;
}

export interface InitFlags extends Omit<ImportFlags, 'org' | 'out' | 'json' | 'hcl'> {
  readonly ci: Forge;
  /** Orgs whose apps the program declares. */
  readonly fromOrg?: readonly string[];
}

export interface ExplainFlags {
  readonly list?: boolean;
  readonly json?: boolean;
}

export interface SchemaDiffFlags {
  readonly json?: boolean;
}

export interface ProviderFlags {
  readonly global?: boolean;
  readonly devOverrides?: boolean;
  readonly terraformrc?: string;
}
