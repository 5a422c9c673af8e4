import type { ClientKind } from '../declaration/client-app';
import type { Ownership } from '../metadata/component';
import type { Manifest } from '../metadata/manifest';
import type { Observed } from '../metadata/observed';
import type { PhaseName } from '../metadata/phases';
import { type NamedConsents, NOTHING_ASKED } from '../options/consents';
import type { ControlResult } from '../policy/report';
import { FAIL_ON, type FailOn, type Severity } from '../policy/severity';
import type { Diagnostic } from '../values/diagnostic';

/** Version of the shape of plans, saved or printed as JSON; an unknown major is refused on reading (D28). */
export const PLAN_FORMAT_VERSION = '1.7';

/**
 * What a change does to security. `mixed`: it widens in one respect and narrows in another. `unknown`: that depends on
 * what was not read, or on what Salesforce does not document; the change may widen.
 */
export type Effect = 'widens' | 'mixed' | 'unknown' | 'narrows' | 'neutral';

/** What a change does to clients that run today: `who` names them in words. */
export interface Impact {
  /** What today's clients notice: nothing, that users have to approve again, that logins fail, or not known. */
  readonly level: 'none' | 'reauthorize' | 'breaks' | 'unknown';
  /** The clients that it affects, as words: `clients that send no code_challenge`. */
  readonly who?: string;
}

/** One field that will be written with another value than the org has. */
export interface FieldChange {
  /** Metadata type that has the field. */
  readonly type: string;
  /** Full name of the component in the org. */
  readonly full_name: string;
  /** Name in the metadata type; a nested field as `idTokenConfig.idTokenAudience`. */
  readonly field: string;
  /** The words of Setup. */
  readonly title: string;
  /** What the org has. */
  readonly before: Observed;
  /** What the apply writes. */
  readonly after: Observed;
  /** Who decided the value: the author (`stated`), or a secure default (`default`). */
  readonly ownership: Ownership;
  /** What the change does to security. */
  readonly effect: Effect;
  /** Why the effect is what it is, where the two values do not tell. */
  readonly reason?: string;
  /** What the change does to clients that run today. */
  readonly impact: Impact;
}

/** A field that the code does not mention and that has a value of its own in the org: it stays. */
export interface KeptField {
  /** Metadata type that has the field. */
  readonly type: string;
  /** Name in the metadata type. */
  readonly field: string;
  /** What Setup calls the field. */
  readonly title: string;
  /** What the org has, which stays. */
  readonly value: Observed;
}

/**
 * `create`, `update` and `none` say what apply does. `blocked`: a guard refuses and the diagnostics say why.
 * `delete`: the app carries our ownership line, the code no longer declares it, and deletion was asked for by name.
 * `orphaned`: the same, but deletion was not asked for: it stays.
 */
export type AppAction = 'create' | 'update' | 'none' | 'blocked' | 'delete' | 'orphaned';

/** What one security control says about an app before and after the change. */
export interface ControlChange {
  readonly control: string;
  readonly title: string;
  /** Undefined: the app is new. */
  readonly before?: ControlResult['outcome'];
  readonly after: ControlResult['outcome'];
  /** Of the violation, excused or not, after the change or else before it. */
  readonly severity?: Severity;
  /** Of the violation before the change, excused or not. */
  readonly before_severity?: Severity;
  readonly because: string;
  /** The exception that excuses it. */
  readonly exception?: {
    readonly reason: string;
    readonly approved_by: string;
    readonly expires: string;
    readonly ticket?: string;
  };
}

/** Who uses an app today: what was read of it, and what was not. A number that is absent was not read. */
export interface AppPlanUsage {
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** Logins before it are not counted. */
  readonly logins_since: string;
  readonly users?: number;
  readonly tokens?: number;
  /** Since the tokens were given; the org does not say when each use was. */
  readonly uses?: number;
  readonly last_used?: string;
  /** The list of tokens is cut: there may be more. */
  readonly at_least?: true;
  readonly logins?: number;
  /** Different addresses, at least. */
  readonly networks?: number;
  readonly last_login?: string;
  /** The last login of each flow that the login history names. */
  readonly flows?: readonly { readonly flow: string; readonly last: string }[];
  /** What was not read, and what it needs. */
  readonly not_evaluated: readonly string[];
}

/** What apply would do to one app, and what that means for security and for its clients. */
export interface AppPlan {
  /** Developer name of the app in the org. */
  readonly api_name: string;
  /** Construct path: `identity/prod/Portal`. Of an app that is no longer declared, that of the org. */
  readonly path: string;
  /** What the client can keep to itself. Absent for an app that is no longer declared. */
  readonly kind?: ClientKind;
  /** What Setup calls the app. */
  readonly label: string;
  /** What apply does to the app, or why it does nothing. */
  readonly action: AppAction;
  /** The app exists and is taken over by this apply (D11). */
  readonly adopts: boolean;
  /** Someone switched the app off in the org and it stays off (D12). */
  readonly stopped: boolean;
  /** The org has no app of this name. Also of an app whose creation is blocked; absent where there is one. */
  readonly missing?: true;
  /** Fields that apply writes with another value, in the order of the field table; empty where there are none. */
  readonly changes: readonly FieldChange[];
  /** How many declared values an app that is updated has already. Since format 1.7. */
  readonly unchanged?: number;
  /** Fields that the code does not mention and that have a value of their own in the org. */
  readonly kept: readonly KeptField[];
  /** Fields that cannot be compared because the org does not return them, as `Type.field`. */
  readonly unreadable: readonly string[];
  /** The real full name of each component, by metadata type (D4). */
  readonly names: Readonly<Record<string, string>>;
  /** What the security controls object to after the change, or objected to before it. Of apps that are written. */
  readonly controls: readonly ControlChange[];
  /** The worst effect among the changes, as fields and controls tell it: widens before narrows before neutral. */
  readonly effect: Effect;
  /** Who uses the app today; absent where no one asked for it, and of a new app. */
  readonly usage?: AppPlanUsage;
}

/** What apply would do to one record of the org's own settings. */
export interface SettingsPlan {
  /** Metadata type of the record: `OauthOidcSettings`. */
  readonly type: string;
  /** What Setup calls the record. */
  readonly title: string;
  /** What apply does to the record. */
  readonly action: 'update' | 'none' | 'blocked';
  /** Fields that apply writes with another value. */
  readonly changes: readonly FieldChange[];
  /** Fields that the code does not mention. */
  readonly kept: readonly KeptField[];
  /** Apps that have the Authorization Code and Credentials Flow on, where the change allows it in the org. */
  readonly opens_apps: readonly string[];
}

/** A custom scope or token exchange handler. None is ever deleted: it carries nothing that says who made it. */
export interface RecordPlan {
  /** Metadata type of the record. */
  readonly type: string;
  /** The real name in the org. */
  readonly full_name: string;
  /** Construct path of the record. */
  readonly path: string;
  /** What people call the kind of record: `Custom scope`. */
  readonly title: string;
  /** What apply does to the record. */
  readonly action: 'create' | 'update' | 'none' | 'blocked';
  /** Fields that apply writes with another value. */
  readonly changes: readonly FieldChange[];
  /** Fields that the code does not mention. */
  readonly kept: readonly KeptField[];
}

/** One deploy. Phases run in order; each is all or nothing (D6). */
export interface PhasePlan {
  /** Which phase it is, for programs. */
  readonly name: PhaseName;
  /** Which phase it is, for people. */
  readonly title: string;
  /** Settings fields written in this phase, as `Type.field`. */
  readonly settings: readonly string[];
  /** Custom scopes and token exchange handlers written in this phase, as `Type:name`. */
  readonly records: readonly string[];
  /** API names of the apps written in this phase. */
  readonly apps: readonly string[];
}

/** What apply would do to one org: made by one reading of it, and bound to it by the digest. */
export interface OrgPlan {
  /** Name of the org: the construct id. */
  readonly org: string;
  /** Construct path of the org. */
  readonly path: string;
  /** Organization id that the plan is bound to, 18 characters. */
  readonly org_id: string;
  /** Address that the org was read from. */
  readonly instance_url: string;
  /** Version of the Metadata API that reads and writes: 60 to 68. */
  readonly api_version: number;
  /** Every declared app, and apps of ours that are no longer declared. */
  readonly apps: readonly AppPlan[];
  /** The declared records of the org-wide OAuth settings. */
  readonly settings: readonly SettingsPlan[];
  /** The declared custom scopes and token exchange handlers. */
  readonly records: readonly RecordPlan[];
  /** The deploys, in their order; empty where there is nothing to write. */
  readonly phases: readonly PhasePlan[];
  /** Apps that no manifest of ours declares, as `Type:name`; never touched. */
  readonly unmanaged: readonly string[];
  /** Connected Apps that were migrated to the External Client App of their name: read-only, and never touched. */
  readonly migrated?: readonly string[];
  /** Everything the guards found: an error blocks the app or org it names, a warning or note never does. */
  readonly diagnostics: readonly Diagnostic[];
  /** What was asked for by name on the command line; apply honors the same. */
  readonly consents: Consents;
  /** The desired state the plan was made from. */
  readonly manifest: Manifest;
  /** Over org id, desired state and observed values of the fields touched; never over time or order. */
  readonly digest: string;
}

/** What was asked for by name, and how severe a violation may be. */
export interface Consents extends NamedConsents {
  /** Severity from which on a violation that the plan brings blocks it. */
  readonly fail_on: FailOn;
}

/** The plans of all orgs of a run, as `plan --out` saves and `plan --json` prints them. */
export interface Plan {
  /** Version of the shape of this document, major and minor: `1.1`. An unknown major is refused on reading. */
  readonly format_version: string;
  /** One plan for each org, in the order of the program. */
  readonly orgs: readonly OrgPlan[];
}

/** Asks for nothing by name: what `plan` and `apply` start from. Violations of high severity block. */
export const NO_CONSENTS: Consents = { ...NOTHING_ASKED, fail_on: FAIL_ON };

/** True where applying the plan would write something. */
export const hasChanges = (plan: OrgPlan): boolean => plan.phases.length > 0;
