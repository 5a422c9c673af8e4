/** The app that a user let in. `name` is the API name; of an uninstalled app, which has no record in the org, its label. */
export interface GrantedApp {
  readonly kind: 'external-client-app' | 'connected-app' | 'uninstalled';
  readonly name: string;
}

/** One authorization of a user for an app: what OauthToken has a row for. */
export interface Grant {
  /** Identifier in the usage resources of the Connect REST API. */
  readonly id: string;
  readonly app: GrantedApp;
  readonly userId: string;
  readonly createdDate: string;
  readonly lastUsedDate?: string;
  readonly useCount: number;
  readonly deleteToken: string;
  readonly refreshToken?: string;
  /** Run-time names of what the user let the app do. Left out: all of the app’s scopes. */
  readonly scopes?: readonly string[];
  /** Refresh tokens that a rotation replaced: whoever brings one ends the grant. */
  readonly rotatedOut?: readonly string[];
  /** Those that still work. */
  readonly accessTokens: readonly string[];
  /** What is known of access tokens, by the token; those of the seed have no end. */
  readonly sessions?: Readonly<Record<string, IssuedSession>>;
}

/** What an access token may be used for, by run-time names, and until when. */
export interface IssuedSession {
  readonly scopes: readonly string[];
  /** ISO time. */
  readonly expires: string;
  /** Where it was asked for from; a state file of earlier versions does not say. */
  readonly address?: string;
}

/** An app that users let in and no one installed: a consumer of another org. */
export interface UninstalledApp {
  readonly label: string;
  readonly consumerKey: string;
}

/** A row of LoginHistory. */
export interface Login {
  readonly id: string;
  readonly userId: string;
  readonly time: string;
  readonly application: string;
  readonly type: string;
  readonly subType?: string;
  readonly sourceIp: string;
  readonly status: string;
}

export interface InstalledPackage {
  readonly id: string;
  readonly name: string;
  readonly namespace: string;
}

/** A row of SetupAuditTrail. */
export interface AuditEntry {
  readonly id: string;
  readonly time: string;
  readonly userId: string;
  readonly action: string;
  readonly section: string;
  readonly display: string;
}

/** A row of EventLogFile, with the log itself. */
export interface EventLog {
  readonly id: string;
  readonly type: string;
  readonly time: string;
  /** CSV. */
  readonly text: string;
}

/** Who used the org through which app. */
export interface UsageState {
  readonly grants: readonly Grant[];
  readonly uninstalledApps: readonly UninstalledApp[];
  readonly logins: readonly Login[];
  readonly packages: readonly InstalledPackage[];
  readonly auditTrail: readonly AuditEntry[];
  /** States that were kept by an earlier version have none. */
  readonly eventLogs?: readonly EventLog[];
}

export const NO_USAGE: UsageState = { grants: [], uninstalledApps: [], logins: [], packages: [], auditTrail: [] };
