import type { Component, FieldValue } from './component';

/** What is known about one field in the org: its value, that there is none, or that no one may read it. */
export type Observed =
  | { readonly state: 'value'; readonly value: FieldValue }
  | { readonly state: 'absent' }
  | { readonly state: 'unreadable' };

/** One component of an app as the org has it, as far as it could be read. */
export type ObservedComponent =
  | { readonly state: 'present'; readonly component: Component }
  | { readonly state: 'absent' }
  | { readonly state: 'unreadable'; readonly reason: string };

/**
 * The total view of one app, whatever it was read from. Components by metadata type. `condition` is what can be said
 * about the app as a whole (D8): `broken` is a header whose OAuth consumer cannot be reached.
 */
export interface ObservedApp {
  readonly platform: 'external-client-app' | 'connected-app';
  readonly apiName: string;
  /** ID of the app's record, where the org returned it. */
  readonly id?: string;
  /** ISO time of the last change of the record that says who may use the app, where the org returned it. */
  readonly policiesChanged?: string;
  readonly condition: 'present' | 'absent' | 'unreadable' | 'broken';
  /** Why the app is unreadable or broken. */
  readonly reason?: string;
  readonly components: Readonly<Record<string, ObservedComponent>>;
  /** Components of plugins outside this library's model (SAML, canvas, mobile...), as `Type:fullName`. */
  readonly otherComponents: readonly string[];
  /** What controls judge of plugins, as text, by type; a plugin whose content could not be read is not among them. */
  readonly pluginSettings?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Records beside the apps, of one type: those that were found, and why there may be others. */
export interface ObservedRecords {
  readonly byName: ReadonlyMap<string, ObservedComponent>;
  /** Why no one can tell which there are; undefined: they are all here. */
  readonly unread?: string;
}

/** Everything that was read, by API name and metadata type. */
export interface ObservedOrg {
  /** Every app; where an External Client App and a Connected App share a name, the former. */
  readonly apps: ReadonlyMap<string, ObservedApp>;
  /** The Connected Apps alone, all of them. */
  readonly connectedApps: ReadonlyMap<string, ObservedApp>;
  /** Why no one can tell which Connected Apps there are; undefined: they are all here. */
  readonly connectedAppsUnread?: string;
  readonly settings: Readonly<Record<string, ObservedComponent>>;
  /** Custom scopes and token exchange handlers, by type. */
  readonly oauthRecords: Readonly<Record<string, ObservedRecords>>;
  /** Reading problems that name no component: something is missing from this view, and no one knows what. */
  readonly unplaced: readonly string[];
}
