/** One authorization of a user for an app. Never the token itself. */
export interface TokenFacts {
  /** The label that the app gave itself. */
  readonly app: string;
  /** Record id of the app in this org; absent where the org names none, as for an uninstalled app. */
  readonly applicationId?: string;
  readonly userId: string;
  readonly user: string;
  /** Undefined where the org did not say. */
  readonly userActive?: boolean;
  /** ISO times. */
  readonly created?: string;
  readonly lastUsed?: string;
  readonly uses: number;
}

/** Logins of one application, by type, flow and result. */
export interface LoginFacts {
  readonly application: string;
  readonly type: string;
  /** The OAuth flow, as LoginSubType names it; absent where the org names none. */
  readonly flow?: string;
  readonly succeeded: boolean;
  readonly count: number;
  /** Different addresses. */
  readonly networks: number;
  readonly last: string;
}

/** An app that has a record in the org. */
export interface OrgAppFacts {
  readonly id: string;
  readonly label: string;
  readonly platform: 'external-client-app' | 'connected-app';
  readonly apiName?: string;
  /** Of the package it came with. */
  readonly namespace?: string;
  /** Of a Connected App: only users whom an administrator approved may use it. */
  readonly adminApproved?: boolean;
}

/** Holders of a user permission that lets what comes in reach far. */
export interface PermissionHolders {
  readonly permission: string;
  /** As Setup calls it. */
  readonly label: string;
  /** Usernames of active users. */
  readonly users: readonly string[];
}

/** What could not be seen, and what would be needed to see it. */
export interface NotEvaluated {
  readonly what: string;
  readonly why: string;
  /** The user permission that is missing, as Setup calls it. */
  readonly permission?: string;
}

/** Who uses the org through which app. What is undefined was not seen, which is not the same as none. */
export interface UsageFacts {
  readonly tokens?: readonly TokenFacts[];
  /** How many tokens the org says it has; more than were read where the list is cut. */
  readonly tokensInAll?: number;
  readonly logins?: readonly LoginFacts[];
  readonly apps?: readonly OrgAppFacts[];
  readonly holders?: readonly PermissionHolders[];
  /** The last login to the user interface of each user who was asked about and logged in. */
  readonly interactive?: ReadonlyMap<string, string>;
  /** Names of installed packages, by namespace. */
  readonly packages?: ReadonlyMap<string, string>;
  readonly notEvaluated: readonly NotEvaluated[];
}

export interface UsageRequest {
  /** ISO time; older logins are not counted. Undefined: apps and their tokens alone are read. */
  readonly since?: string;
  /** Usernames whose logins to the user interface are looked for. */
  readonly interactiveOf?: readonly string[];
}

/** What is to be frozen of an app before anything of it is changed. */
export interface EvidenceRequest {
  /** As the login history writes the app. */
  readonly label: string;
  /** Record ids of the users whose OAuth sessions are listed. */
  readonly userIds: readonly string[];
  /** ISO time: from when on logins and changes in Setup are kept. */
  readonly since: string;
  /** ISO time: from when on event log files are kept. */
  readonly logsSince: string;
}

export interface EvidenceLogin {
  readonly time: string;
  readonly userId: string;
  readonly sourceIp: string | null;
  readonly type: string | null;
  readonly subType: string | null;
  readonly status: string | null;
  readonly apiType: string | null;
  readonly clientVersion: string | null;
}

/** An OAuth session of a user; which app it belongs to, the org does not tell. */
export interface EvidenceSession {
  readonly userId: string;
  readonly created: string;
  readonly lastModified: string;
  readonly sourceIp: string | null;
  readonly loginType: string | null;
}

/** A change that someone made in Setup. */
export interface EvidenceChange {
  readonly time: string;
  readonly user: string;
  readonly section: string;
  readonly action: string;
  readonly display: string;
}

export interface EvidenceLog {
  readonly type: string;
  readonly date: string;
  readonly interval: string;
  /** CSV, credentials removed. */
  readonly text: string;
}

/** The setup audit trail, as far as it was read. */
export interface SetupChanges {
  /** Latest first. Undefined: not seen, which is not the same as none. */
  readonly changes?: readonly EvidenceChange[];
  /** Username of the connected user, as rows name it; absent where the org does not tell. */
  readonly login?: string;
  readonly notEvaluated: readonly NotEvaluated[];
}

/** Rows as the org has them now. What is undefined was not seen, which is not the same as none. */
export interface Evidence {
  /** Latest first. */
  readonly logins?: readonly EvidenceLogin[];
  readonly sessions?: readonly EvidenceSession[];
  readonly changes?: readonly EvidenceChange[];
  readonly logs?: readonly EvidenceLog[];
  /** Usernames by record id, of those who appear. */
  readonly usernames: ReadonlyMap<string, string>;
  readonly notEvaluated: readonly NotEvaluated[];
}

/** Which tokens of an app. */
export interface TokenFilter {
  /** Record ids of the users whose tokens they are. */
  readonly userIds: readonly string[];
  /** ISO time: only tokens that were not used since. */
  readonly unusedSince?: string;
  /** ISO time: only tokens that were given before it, or at it. */
  readonly grantedBefore?: string;
}

export interface RevokeRequest {
  readonly label: string;
  /** Record ID of the External Client App that it is; other apps are identified by their tokens. */
  readonly externalClientApp?: string;
  /** Ids that tokens of the app carry; undefined among them: tokens without one. Another app may have the same label. */
  readonly applicationIds: readonly (string | undefined)[];
  readonly filter: TokenFilter;
}

export interface RevokeOutcome {
  readonly ended: number;
  readonly failed: readonly { readonly userId: string; readonly why: string }[];
  /** What broke the work off before every token was tried. */
  readonly broken?: string;
}
