import { type Fields, textOf } from './fields';
import { id18, type Mint, randomText, recordId } from './ids';
import { CONNECTED_APP, GLOBAL, HEADER } from './schema/types';
import type { SourceMember } from './tracking/source-member';
import type { UsageState } from './usage/state';

export type Profile = 'developer' | 'production' | 'mid-2026';
export const PROFILES: readonly Profile[] = ['developer', 'production', 'mid-2026'];

/** A second key and secret waiting to take over, or the one that was replaced. */
export interface StagedCredentials {
  readonly id: string;
  readonly key: string;
  readonly secret: string;
  readonly state: 'Active' | 'Expired' | 'Rotated';
  readonly createdDate: string;
  readonly expirationDate: string;
}

/** The OAuth consumer of an app: never in a package, made once, stable over updates. */
export interface Consumer {
  readonly id: string;
  readonly key: string;
  readonly secret: string;
  readonly staged?: StagedCredentials;
}

/** One metadata component as the org keeps it: what was stated, without the defaults. */
export interface Component {
  readonly id: string;
  readonly fullName: string;
  readonly fields: Fields;
  readonly consumer?: Consumer;
  /** True for a policy record that the platform made by itself. */
  readonly automatic?: boolean;
  readonly createdDate: string;
  readonly lastModifiedDate: string;
}

export interface OrgUser {
  readonly id: string;
  readonly username: string;
  /** Default: the username. */
  readonly email?: string;
  readonly active: boolean;
  readonly apiEnabled: boolean;
  readonly profile: string;
  /** API names of assigned permission sets. */
  readonly permissionSets: readonly string[];
  /** A customer or partner of an Experience Cloud site, or the user that its unknown visitors share. Left out: an employee. */
  readonly site?: 'member' | 'guest';
  /** Assigned permission set groups; a state file of earlier versions has none. */
  readonly groups?: readonly PermissionSetGroup[];
}

/** A group of permission sets, as far as the emulator knows it: whom it gives which sets. */
export interface PermissionSetGroup {
  readonly id: string;
  readonly name: string;
  readonly permissionSets: readonly string[];
}

/** Code is no metadata to the emulator: only that a class exists, and in which state. */
export interface ApexClass {
  readonly id: string;
  readonly name: string;
  readonly namespace?: string;
  readonly status: 'Active' | 'Deleted';
  readonly valid: boolean;
  /** Of a token exchange handler, which never runs here: the usernames that it finds for tokens of another issuer. */
  readonly subjects?: Readonly<Record<string, string>>;
}

/** A certificate of Certificate and Key Management. */
export interface OrgCertificate {
  /** 18 characters. */
  readonly id: string;
  readonly name: string;
  /** ISO date. */
  readonly expires?: string;
}

/** Who deploys: the user behind the emulator's own access token. `permissions` hold what was granted or withheld by name. */
export interface DeployUser {
  readonly username: string;
  readonly permissions: Readonly<Record<string, boolean>>;
}

/** Everything the org knows; also the content of the state file. */
export interface OrgState {
  readonly format_version: 1;
  readonly orgId: string;
  readonly accessToken: string;
  readonly profile: Profile;
  readonly nextId: number;
  readonly deployUser: DeployUser;
  /** Left out: the org is no sandbox. */
  readonly sandbox?: { readonly name: string };
  /** What changed in a sandbox since it began. */
  readonly sourceMembers?: readonly SourceMember[];
  readonly users: readonly OrgUser[];
  readonly profiles: readonly string[];
  /** Namespace of the org itself, as a development org of a managed package has one. */
  readonly namespace?: string;
  readonly apexClasses?: readonly ApexClass[];
  readonly certificates?: readonly OrgCertificate[];
  /** Tokens, logins and apps without a record. */
  readonly usage?: UsageState;
  /** By type name, then full name. */
  readonly components: Readonly<Record<string, Readonly<Record<string, Component>>>>;
}

/** A copy that a deploy may change. */
export interface Draft extends OrgState {
  nextId: number;
  users: OrgUser[];
  profiles: string[];
  usage?: UsageState;
  components: Record<string, Record<string, Component>>;
}

const STANDARD_PROFILES: readonly string[] = [
  'System Administrator',
  'Standard User',
  'Minimum Access - Salesforce',
  'Minimum Access - API Only Integrations',
  'Salesforce API Only System Integrations',
];

/** An org with one administrator and nothing else. Settings records are there from the start, as in every org. */
export function emptyOrg(mint: Mint, profile: Profile, orgId?: string): OrgState {
  const id = orgId === undefined ? id18(`00DEM${randomText(10)}`) : id18(orgId);
  const username = 'admin@emulator.example';
  const administrator: OrgUser = {
    id: recordId('005', 1),
    username,
    active: true,
    apiEnabled: true,
    profile: 'System Administrator',
    permissionSets: [],
  };
  return {
    format_version: 1,
    orgId: id,
    accessToken: mint.token(id),
    profile,
    nextId: 2,
    deployUser: { username, permissions: {} },
    users: [administrator],
    profiles: [...STANDARD_PROFILES],
    components: {},
  };
}

export const copyOf = (state: OrgState): Draft => structuredClone(state) as Draft;

/** The next record id of the org. */
export function nextId(draft: Draft, prefix: string): string {
  return recordId(prefix, draft.nextId++);
}

export const componentsOf = (state: OrgState, type: string): readonly Component[] =>
  Object.values(state.components[type] ?? {});

export const componentOf = (state: OrgState, type: string, fullName: string): Component | undefined =>
  Object.hasOwn(state.components[type] ?? {}, fullName) ? state.components[type]?.[fullName] : undefined;

export function put(draft: Draft, type: string, component: Component): void {
  (draft.components[type] ??= {})[component.fullName] = component;
}

export function drop(draft: Draft, type: string, fullName: string): void {
  const components = draft.components[type];
  if (components) Reflect.deleteProperty(components, fullName);
}

/** The components of a satellite type that belong to an external client app. */
export const partsOf = (state: OrgState, type: string, app: string): readonly Component[] =>
  componentsOf(state, type).filter((component) => component.fields['externalClientApplication'] === app);

/** The parts of every app, by type and app. */
export type PartIndex = (type: string, app: string) => readonly Component[];

/** {@link partsOf} for many apps of a state that does not change meanwhile. */
export function indexParts(state: OrgState): PartIndex {
  const types = new Map<string, Map<string, Component[]>>();
  return (type, app) => {
    let apps = types.get(type);
    if (apps === undefined) {
      apps = new Map();
      for (const component of componentsOf(state, type)) {
        const owner = textOf(component.fields, 'externalClientApplication') ?? '';
        const parts = apps.get(owner);
        if (parts === undefined) apps.set(owner, [component]);
        else parts.push(component);
      }
      types.set(type, apps);
    }
    return apps.get(app) ?? [];
  };
}

export interface OauthConsumer {
  readonly type: typeof GLOBAL | typeof CONNECTED_APP;
  readonly component: Component;
  readonly consumer: Consumer;
  /** API name of the app. */
  readonly app: string;
}

/** Every OAuth consumer of the org: of external client apps and of Connected Apps. */
export function consumersOf(state: OrgState): readonly OauthConsumer[] {
  return ([GLOBAL, CONNECTED_APP] as const).flatMap((type) =>
    componentsOf(state, type).flatMap((component) => {
      const owner = type === GLOBAL ? textOf(component.fields, 'externalClientApplication') : component.fullName;
      return component.consumer === undefined
        ? []
        : [{ type, component, consumer: component.consumer, app: owner ?? '' }];
    }),
  );
}

export const headerOf = (state: OrgState, app: string): Component | undefined => componentOf(state, HEADER, app);

/** The user behind the emulator's own access token. */
export const deployingUser = (state: OrgState): OrgUser | undefined =>
  state.users.find((user) => user.username === state.deployUser.username);

/** True unless the permission was withheld from the deploying user in org.json. */
export const permitted = (state: OrgState, permission: string): boolean =>
  state.deployUser.permissions[permission] ?? true;
