import type { ClientKind, Platform } from '../declaration/client-app';
import type { ObservedApp, ObservedOrg } from '../metadata/observed';
import type { OrgFacts, OrgIdentity } from '../org/org';
import type { FieldChange } from '../plan/plan';
import type { KindVerdict } from '../policy/client-kind';
import type { CheckFacts } from '../policy/control';
import type { CdkName } from '../values/cdk';
import type { LeftOut, Stated } from './settle';

/** One org, or the files of one, as it was read. */
export interface ImportedOrg {
  /** Construct id of the org in the program. */
  readonly name: string;
  readonly observed: ObservedOrg;
  readonly apiVersion: number;
  /** Of a live org: its id is stated in the program. */
  readonly identity?: OrgIdentity;
  /** What guards and effects are judged by. @default - nothing was read */
  readonly facts?: OrgFacts;
  readonly checkFacts?: CheckFacts;
}

export interface ImportInput {
  readonly orgs: readonly ImportedOrg[];
  /** What someone said of an app, by API name. */
  readonly kinds: ReadonlyMap<string, ClientKind>;
  /** Apps that stay out of management, by API name, and why. */
  readonly keepAsIs: ReadonlyMap<string, string>;
  /** ISO date. */
  readonly today: string;
  /** What the program imports its stacks from. Default: cdktf. */
  readonly cdk?: CdkName;
}

/** A file of the program, by its path from the folder of the project, with forward slashes. */
export interface ProgramFile {
  readonly path: string;
  readonly text: string;
}

/** A change that the first apply makes, and that a comment of the program announces. */
export interface Hardening {
  readonly org: string;
  readonly app: string;
  readonly platform: Platform;
  /** The option that decides the field; absent: the kind of client decides it. */
  readonly option?: string;
  readonly change: FieldChange;
}

/** What a person has to do before the program can be applied. */
export interface Gap {
  readonly app: string;
  /** Absent: it is the same in every org. */
  readonly org?: string;
  readonly problem: string;
  readonly remedy: string;
}

/** An app, or what may be one, that the program does not declare. */
export interface NotDeclared {
  readonly org: string;
  /** Absent: it is not known which apps these are. */
  readonly app?: string;
  readonly platform?: Platform;
  readonly state: 'not declared' | 'not evaluated' | 'kept as it is';
  readonly reason: string;
}

export interface DeclaredApp {
  readonly api_name: string;
  readonly platform: Platform;
  readonly kind: ClientKind;
  readonly confidence: KindVerdict['confidence'];
  readonly because: readonly string[];
  readonly orgs: readonly string[];
  /** The owner in its ownership line; absent: some org has it without one. */
  readonly managed_by?: string;
}

export interface ImportedProgram {
  /** `clients.ts` with `declareClients(app)`, what it imports, and certificates. */
  readonly files: readonly ProgramFile[];
  readonly apps: readonly DeclaredApp[];
  readonly hardenings: readonly Hardening[];
  readonly gaps: readonly Gap[];
  readonly not_declared: readonly NotDeclared[];
}

/** An app of one org that a program may declare. */
export interface Found {
  readonly org: ImportedOrg;
  readonly app: ObservedApp;
}

/** An app in the words of the program, the same in all of its orgs. */
export interface AppSource {
  readonly apiName: string;
  readonly platform: Platform;
  readonly kind: ClientKind;
  readonly verdict: KindVerdict;
  readonly found: readonly Found[];
  readonly stated: Stated;
  /** By the name of the org. */
  readonly leftOut: ReadonlyMap<string, readonly LeftOut[]>;
  /** Controls that it needs to be exempted from. */
  readonly exemptions: readonly string[];
}

/** Stack of an org in the program; together with the org's name it owns the apps. */
export const stackOf = (org: string): string => `client-apps-${org}`;
export const manifestIdOf = (org: string): string => `${stackOf(org)}/${org}`;
