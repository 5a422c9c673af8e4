import type { Files } from '../metadata/package/zip';
import type { Consumers } from './consumers';
import type {
  DeployFailure,
  DeployOutcome,
  DeployProgress,
  DeployRequest,
  DeployStanding,
  RunningDeploys,
} from './deploy-types';
import type { OwnLogin, OwnUser } from './own-login';
import type {
  Evidence,
  EvidenceRequest,
  RevokeOutcome,
  RevokeRequest,
  SetupChanges,
  UsageFacts,
  UsageRequest,
} from './usage/facts';

export type { DeployFailure, DeployOutcome, DeployProgress, DeployRequest, DeployStanding, RunningDeploys };

/** Who and what the connection talks to. */
export interface OrgIdentity {
  /** 18 characters. */
  readonly orgId: string;
  /** Address of the org: `https://acme.my.salesforce.com`. */
  readonly instanceUrl: string;
  /** Who is logged in; absent where the org does not tell. */
  readonly username?: string;
  /** Absent where the org does not tell. */
  readonly isSandbox?: boolean;
  /** Edition, in Salesforce's own words: `Enterprise Edition`. Absent where the org does not tell. */
  readonly organizationType?: string;
  /** Versions the org offers, ascending: 60, 61, ... */
  readonly apiVersions: readonly number[];
  /** Consumer key of the app this connection logged in through; unknown for a bare access token. */
  readonly clientId?: string;
  /** How the next run logs in; undefined where the environment does not tell, as of a bare access token. */
  readonly login?: OwnLogin;
}

export interface RetrieveRequest {
  /** Version of the Metadata API: 60 to 68. */
  readonly apiVersion: number;
  /** Metadata type to members; `['*']` is every member. */
  readonly types: ReadonlyMap<string, readonly string[]>;
}

/** Files by package path (without `unpackaged/`), consumer secrets already removed, and what could not be read. */
export interface RetrieveAnswer {
  /** Contents by package path. */
  readonly files: Files;
  /** Record IDs by package path, as far as the org returned them. */
  readonly ids?: ReadonlyMap<string, string>;
  /** When each record was last changed, by package path, as ISO times and as far as the org returned them. */
  readonly changed?: ReadonlyMap<string, string>;
  /** What could not be read, in the words of the org. */
  readonly problems: readonly { readonly fileName: string; readonly problem: string }[];
}

/** What the org tells about a user. Undefined: could not be read. */
export interface UserFacts {
  /** False: the user cannot log in. */
  readonly isActive: boolean;
  /** The user has the permission API Enabled. Undefined: could not be read. */
  readonly isApiEnabled?: boolean;
}

/** An Experience Cloud site, and what its headless identity APIs allow. */
export interface SiteFacts {
  /** Developer name of the site. */
  readonly name: string;
  /** False: it is in preview or down for maintenance. */
  readonly isLive: boolean;
  /** Passwords may be reset through the API. */
  readonly allowsForgotPassword: boolean;
  /** Users may log in with a one-time password. */
  readonly allowsPasswordlessLogin: boolean;
  /** Native login of first-party apps is allowed. */
  readonly allowsFirstPartyApps: boolean;
}

/** What is known about a user that the client credentials flow runs as. Undefined: could not be read. */
export interface RunAsUser {
  /** The user's own profile restricts logins to IP ranges that hold few addresses. */
  readonly loginIpRanges?: boolean;
  /** The profile has ranges, and they hold so many addresses that they restrict nothing. */
  readonly wideLoginIpRanges?: true;
  /** The user may modify all data, customize the application, manage users or permissions, or write Apex. */
  readonly administrator?: boolean;
  /** What reaches records that were not shared with the user: `View All Data`, `Modify All Records of Account`. */
  readonly beyondSharing?: readonly string[];
  /** The user can do nothing but call APIs. */
  readonly apiOnly?: boolean;
}

/** What makes the client credentials flow of an org dangerous or harmless. */
export interface RunAsFacts {
  /** Those of the users asked for that exist, by username in lower case. */
  readonly users: ReadonlyMap<string, RunAsUser>;
  /** The org-wide session timeout; undefined where the org states none or it could not be read. */
  readonly orgSessionTimeoutMinutes?: number;
  /** What could not be read, and why. */
  readonly unread: readonly string[];
}

/** A user whose username is that of another org with the name of the sandbox at its end. */
export interface SandboxUser {
  readonly username: string;
  readonly isActive: boolean;
}

/** By the usernames asked for; or why they are not known. */
export interface SandboxUsers {
  readonly users?: ReadonlyMap<string, readonly SandboxUser[]>;
  readonly unread: readonly string[];
}

/** An Apex class of the org. */
export interface ApexClassFacts {
  /** With its namespace, as metadata writes it: `ns__Class`. */
  readonly name: string;
  /** False where the class is marked for deletion. */
  readonly isActive: boolean;
  /** False where the class has to be compiled again, as something that it depends on changed. */
  readonly isValid: boolean;
}

/** The classes asked for, or why they are not known. */
export interface ApexClassAnswer {
  readonly classes?: OrgFacts['apexClasses'] & object;
  readonly unread: readonly string[];
}

/** A certificate of Certificate and Key Management, whose private key the org keeps. */
export interface CertificateFacts {
  /** 18 characters, `0P1…`. */
  readonly id: string;
  readonly name: string;
  /** ISO date of the day on which it ends. */
  readonly expires?: string;
}

/** All certificates of the org, or why they are not known. */
export interface CertificateAnswer {
  readonly certificates?: readonly CertificateFacts[];
  readonly unread: readonly string[];
}

/** The profiles and permission sets that grant Use Any API Client (`profile Sales`), or why they are not known. */
export type ApiClientHolders = { readonly holders: readonly string[] } | { readonly unknown: string };

/** What the guards need to know about people and permissions. Undefined: could not be read. */
export interface OrgFacts {
  /** What the Organization record tells. */
  readonly organization?: { readonly orgId: string; readonly isSandbox: boolean; readonly organizationType: string };
  /** API names of permission sets (with namespace, where they have one), with the number of active users that hold each. */
  readonly permissionSets?: ReadonlyMap<string, number>;
  /** API names of permission sets by their label, of which several sets may have the same. */
  readonly permissionSetLabels?: ReadonlyMap<string, readonly string[]>;
  /** The usernames asked for that exist, and what is known about each. */
  readonly users?: ReadonlyMap<string, UserFacts>;
  /** By a username asked for that does not exist: one of the org that was perhaps meant. */
  readonly similarUsers?: ReadonlyMap<string, string>;
  /** User permissions of the connected user, by API name without `Permissions` (`ModifyMetadata`). */
  readonly ownPermissions?: ReadonlyMap<string, boolean>;
  /** The sites of the org; read only where an app logs users in headlessly. */
  readonly sites?: readonly SiteFacts[];
  /**
   * Classes of the names that apps and token exchange handlers have, in every namespace, by `apexClassKey` of the name;
   * those of the org's own namespace without it, too. Read only where something names a class.
   */
  readonly apexClasses?: ReadonlyMap<string, ApexClassFacts>;
  /** The certificates of the org; read only where an app names one. */
  readonly certificates?: readonly CertificateFacts[];
  /** The connected user; read only where a change concerns the app of this login. */
  readonly ownUser?: OwnUser;
  /** Why something above is undefined. */
  readonly unread: readonly string[];
}

/** A fact, or why it is not known. */
export type Known<T> = { readonly known: T } | { readonly unknown: string };

/** How the connection and the org do at the moment. */
export interface OrgCondition {
  /** Of the access token in use. */
  readonly token: 'opaque' | 'json-web-token';
  /** How far the clock of the org is ahead of ours, by the Date header of its last answer; undefined: it had none. */
  readonly clockSkewMs?: number;
  /** Calls of 24 hours. */
  readonly apiRequests: Known<{ readonly max: number; readonly remaining: number }>;
  readonly deploys: Known<{ readonly pending: number; readonly inProgress: number }>;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
}

export interface IdentifyOptions extends CallOptions {
  /** Whether the username is asked for, too, which costs a call. Default: it is. */
  readonly user?: boolean;
  /** The one version that everything else is asked in: the list is not asked for, and an org without it refuses the rest. */
  readonly onlyVersion?: number;
}

/**
 * The only door to Salesforce. Every method rejects with an {@link OrgError}; an answer that cannot be trusted (empty,
 * truncated, of another shape) is an error, never an empty result.
 */
export interface Org {
  /** Who is logged in, and to which org. */
  identify(options?: IdentifyOptions): Promise<OrgIdentity>;
  /** Names of the metadata types the org offers at that version. */
  metadataTypes(apiVersion: number, options?: CallOptions): Promise<ReadonlySet<string>>;
  /**
   * Metadata as the org has it, asked for by type and name; what is asked for and is not there is named in the answer.
   */
  retrieve(request: RetrieveRequest, options?: CallOptions): Promise<RetrieveAnswer>;
  /** One deploy with rollback on error, ignoring no warning unless asked to; resolves when the org has finished. */
  deploy(
    request: DeployRequest,
    options?: CallOptions & {
      readonly onProgress?: (progress: DeployProgress) => void;
      /** Called as soon as the org has taken the package, before the first wait. */
      readonly onAccepted?: (id: string) => void | Promise<void>;
      /** Called before the package is sent once more, as nothing of the deploy with the last id was kept. */
      readonly onSendingAgain?: () => void | Promise<void>;
    },
  ): Promise<DeployOutcome>;
  /** How a deploy of that id stands, and with `wait` how it ended. Never sends anything. */
  followDeploy(
    request: { readonly id: string; readonly apiVersion: number; readonly wait: boolean },
    options?: CallOptions & { readonly onProgress?: (progress: DeployProgress) => void },
  ): Promise<DeployStanding>;
  /** The deploys that run or wait in the org, whoever sent them. What the org refuses to tell does not reject. */
  runningDeploys(apiVersion: number, options?: CallOptions): Promise<RunningDeploys>;
  /** What plans need to know of the org beside metadata: the organization, users, permission sets, sites and so on. */
  facts(usernames: readonly string[], options?: CallOptions): Promise<OrgFacts>;
  /** About the connected user. What the org refuses to tell is undefined, and does not reject. */
  ownUser(options?: CallOptions): Promise<OwnUser>;
  /** About the users that apps run as. What the org refuses to tell is undefined, and does not reject. */
  runAsUsers(
    usernames: readonly string[],
    options?: CallOptions & { readonly retrieve?: Org['retrieve'] },
  ): Promise<RunAsFacts>;
  /** The copies that a sandbox refresh made of these users. What the org refuses to tell is undefined, and does not reject. */
  sandboxUsers(usernames: readonly string[], options?: CallOptions): Promise<SandboxUsers>;
  /** About the Apex classes of these names. What the org refuses to tell is undefined, and does not reject. */
  apexClasses(names: readonly string[], options?: CallOptions): Promise<ApexClassAnswer>;
  /** About all certificates. What the org refuses to tell is undefined, and does not reject. */
  certificates(options?: CallOptions): Promise<CertificateAnswer>;
  /** Who uses the org through which app: a reading of its own, that no other command pays for. */
  usage(request: UsageRequest, options?: CallOptions): Promise<UsageFacts>;
  /** What the org still knows of an app's use, row by row. What it refuses to tell does not reject. */
  evidence(request: EvidenceRequest, options?: CallOptions): Promise<Evidence>;
  /** Who changed what in Setup since an ISO time. What the org refuses to tell does not reject. */
  setupChanges(since: string, options?: CallOptions): Promise<SetupChanges>;
  /** Ends tokens. Rejects where none could be tried; what happened to each is in the answer. */
  revoke(
    request: RevokeRequest,
    options?: CallOptions & { readonly onEnded?: (count: number) => void },
  ): Promise<RevokeOutcome>;
  /** Which profiles and permission sets grant Use Any API Client. What the org refuses to tell does not reject. */
  apiClientHolders(options?: CallOptions): Promise<ApiClientHolders>;
  /** Credentials of External Client Apps. */
  readonly consumers: Consumers;
  /** How the connection and the org do. What the org refuses to tell does not reject. */
  condition(options?: CallOptions): Promise<OrgCondition>;
  /** How far the clock of the org is ahead of ours, by the Date header of its last answer; undefined: it had none. */
  readonly clockSkewMs: number | undefined;
  /** Number of API calls made so far. */
  readonly calls: number;
}
