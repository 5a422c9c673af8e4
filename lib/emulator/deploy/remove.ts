import { type FieldValue, recordsOf, splitCommas, textOf, textsOf } from '../fields';
import { CONNECTED_APP, HEADER, METADATA_TYPES, OAUTH, OAUTH_POLICY, PERMISSION_SET, POLICY } from '../schema/types';
import { type Component, componentOf, componentsOf, type Draft, drop, type OrgState, partsOf } from '../state';
import { sameApp } from '../usage/grants';
import type { GrantedApp } from '../usage/state';
import type { ChangeEnvironment } from './change';
import { checkPermissions } from './lacking';
import { type DeployMessage, packageMessage } from './messages';
import type { Deletion } from './read-package';

/** Takes a component out of the draft. A component that is not there gives a warning, as on the platform. */
export function remove(draft: Draft, deletion: Deletion, env: ChangeEnvironment): DeployMessage {
  const { type, fullName, manifest } = deletion;
  const about = { fileName: manifest, fullName, componentType: type.manifest };
  const component = componentOf(draft, type.name, fullName);
  if (component === undefined) return packageMessage(`No ${type.manifest} named: ${fullName} found`, about, 'Warning');
  const refused = refusal(draft, deletion, env);
  if (refused !== undefined) return packageMessage(refused, about);
  if (type.name === HEADER) for (const [part, name] of satellites(draft, fullName)) drop(draft, part, name);
  if (type.name === OAUTH) dropPolicies(draft, component);
  drop(draft, type.name, fullName);
  dropGrants(draft, type.name, fullName);
  return {
    componentType: type.manifest,
    fileName: manifest,
    fullName,
    id: component.id,
    created: false,
    changed: false,
    deleted: true,
    success: true,
  };
}

function refusal(draft: Draft, { type, fullName }: Deletion, env: ChangeEnvironment): string | undefined {
  const [lacking] = checkPermissions(draft, env.user, type);
  if (lacking) return lacking.text;
  const { deleteCascades, policiesDeletable } = env.switches;
  if (type.member !== undefined) return `INSUFFICIENT_ACCESS_OR_READONLY: ${type.name} can't be deleted`;
  if ((type.name === OAUTH_POLICY || type.name === POLICY) && !policiesDeletable) {
    return `INSUFFICIENT_ACCESS_OR_READONLY: the policies of an external client app can't be deleted on their own`;
  }
  if (type.name === HEADER && !deleteCascades && satellites(draft, fullName).length > 0) {
    return `DELETE_REQUIRED_ON_CASCADE: ${fullName} still has ${satellites(draft, fullName)
      .map(([part, name]) => `${part} ${name}`)
      .join(', ')}`;
  }
  const users = referring(draft, type.name, fullName, env);
  return users.length === 0 ? undefined : `DEPENDENCY_EXISTS: ${fullName} is used by ${users.join(', ')}`;
}

const satellites = (state: OrgState, app: string): readonly (readonly [string, string])[] =>
  METADATA_TYPES.filter((type) => type.satellite).flatMap((type) =>
    partsOf(state, type.name, app).map(({ fullName }) => [type.name, fullName] as const),
  );

function dropPolicies(draft: Draft, settings: Component): void {
  const app = textOf(settings.fields, 'externalClientApplication') ?? '';
  for (const policy of partsOf(draft, OAUTH_POLICY, app)) drop(draft, OAUTH_POLICY, policy.fullName);
}

/** Tokens end with their app; one that takes its name later has none of them. */
function dropGrants(draft: Draft, type: string, name: string): void {
  if (draft.usage === undefined || (type !== HEADER && type !== CONNECTED_APP)) return;
  const app: GrantedApp = { kind: type === HEADER ? 'external-client-app' : 'connected-app', name };
  draft.usage = { ...draft.usage, grants: draft.usage.grants.filter((grant) => !sameApp(grant.app, app)) };
}

/** Who names the component that is to go. */
function referring(state: OrgState, type: string, name: string, env: ChangeEnvironment): readonly string[] {
  if (type === PERMISSION_SET) return usersOfPermissionSet(state, name);
  const isApp = type === HEADER || type === CONNECTED_APP;
  return isApp && !env.switches.referencedAppsDeletable ? usersOfApp(state, type, name) : [];
}

function usersOfApp(state: OrgState, type: string, app: string): readonly string[] {
  const field = type === HEADER ? 'externalClientApplication' : 'connectedApp';
  const naming = [
    ...componentsOf(state, 'CustomPermission').filter(({ fields }) => textOf(fields, field) === app),
    ...(type === CONNECTED_APP
      ? componentsOf(state, 'UserProvisioningConfig').filter(({ fields }) => textOf(fields, field) === app)
      : []),
    ...componentsOf(state, 'NotificationTypeConfig').filter(({ fields }) =>
      recordsOf(fields, 'notificationTypeSettings')
        .flatMap((settings) => recordsOf(settings, 'appSettings'))
        .some(({ connectedAppName, appType }) => connectedAppName === app && fits(appType, type)),
    ),
  ];
  return naming.map(({ fullName }) => fullName);
}

/** A row without a type may mean either. */
const fits = (appType: FieldValue | undefined, type: string): boolean =>
  appType === undefined || (appType === 'EXTERNAL_CLIENT_APP') === (type === HEADER);

function usersOfPermissionSet(state: OrgState, permissionSet: string): readonly string[] {
  const policies = componentsOf(state, OAUTH_POLICY).filter((policy) =>
    splitCommas(textOf(policy.fields, 'commaSeparatedPermissionSet')).includes(permissionSet),
  );
  const apps = componentsOf(state, CONNECTED_APP).filter((app) =>
    textsOf(app.fields, 'permissionSetName').includes(permissionSet),
  );
  return [...policies, ...apps].map(({ fullName }) => fullName);
}
