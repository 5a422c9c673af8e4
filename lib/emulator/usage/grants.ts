import { isFields, textOf, textsOf } from '../fields';
import { approvedFor } from '../oauth/client';
import { withDefaults } from '../schema/defaults';
import { CONNECTED_APP, HEADER, POLICY } from '../schema/types';
import { type Component, componentOf, headerOf, type OrgState, type OrgUser, partsOf } from '../state';
import { type Grant, type GrantedApp, NO_USAGE, type UsageState } from './state';

export const usageOf = (state: OrgState): UsageState => state.usage ?? NO_USAGE;

/** The state with another usage. */
export const withUsage = (state: OrgState, change: Partial<UsageState>): OrgState => ({
  ...state,
  usage: { ...usageOf(state), ...change },
});

/** The record of an app in the org; an uninstalled one has none. */
export const recordOf = (state: OrgState, { kind, name }: GrantedApp): Component | undefined =>
  kind === 'uninstalled' ? undefined : componentOf(state, kind === 'connected-app' ? CONNECTED_APP : HEADER, name);

export const labelOf = (state: OrgState, app: GrantedApp): string =>
  textOf(recordOf(state, app)?.fields ?? {}, 'label') ?? app.name;

/** The app of that API name or, where no record has it, the uninstalled one of that label. */
export function appNamed(state: OrgState, name: string): GrantedApp | undefined {
  if (headerOf(state, name) !== undefined) return { kind: 'external-client-app', name };
  if (componentOf(state, CONNECTED_APP, name) !== undefined) return { kind: 'connected-app', name };
  return usageOf(state).uninstalledApps.some(({ label }) => label === name) ? { kind: 'uninstalled', name } : undefined;
}

export const sameApp = (a: GrantedApp, b: GrantedApp): boolean => a.kind === b.kind && a.name === b.name;

/** True where the app is switched off by its policy or, a Connected App, was approved for others than the user alone. */
export function isClosedTo(state: OrgState, app: GrantedApp, user: OrgUser | undefined): boolean {
  if (app.kind === 'external-client-app') {
    return withDefaults(POLICY, partsOf(state, POLICY, app.name)[0]?.fields ?? {})['isEnabled'] !== true;
  }
  const record = recordOf(state, app);
  if (record === undefined || user === undefined || !adminApproves(record)) return false;
  const { fields } = record;
  const [profiles, permissionSets] = [textsOf(fields, 'profileName'), textsOf(fields, 'permissionSetName')];
  return !approvedFor({ profiles, permissionSets }, user);
}

/** Of a Connected App: an administrator says who may use it. */
export const adminApproves = ({ fields: { oauthConfig: config } }: Component): boolean =>
  isFields(config) && config['isAdminApproved'] === true;

const byAccessToken = new WeakMap<readonly Grant[], ReadonlyMap<string, Grant>>();

/** The grant that an access token belongs to. */
export function grantOfAccessToken(state: OrgState, token: string): Grant | undefined {
  const { grants } = usageOf(state);
  let index = byAccessToken.get(grants);
  if (index === undefined) {
    index = new Map(grants.flatMap((grant) => grant.accessTokens.map((one) => [one, grant] as const)));
    byAccessToken.set(grants, index);
  }
  return index.get(token);
}

/** The state without these grants: their refresh and access tokens work no more. */
export const withoutGrants = (state: OrgState, gone: (grant: Grant) => boolean): OrgState =>
  withUsage(state, { grants: usageOf(state).grants.filter((grant) => !gone(grant)) });

/**
 * What the revoke endpoint does with a token: an access token ends alone, a refresh token and a DeleteToken end the
 * grant with all its access tokens. Undefined for a token of another org.
 */
export function revokeToken(state: OrgState, token: string): OrgState | undefined {
  const { grants } = usageOf(state);
  const whole = grants.find((grant) => grant.deleteToken === token || grant.refreshToken === token);
  if (whole) return withoutGrants(state, (grant) => grant === whole);
  const holder = grants.find((grant) => grant.accessTokens.includes(token));
  if (!holder) return undefined;
  const left = { ...holder, accessTokens: holder.accessTokens.filter((one) => one !== token) };
  const empty = left.accessTokens.length === 0 && left.refreshToken === undefined;
  return withUsage(state, { grants: grants.flatMap((grant) => (grant !== holder ? [grant] : empty ? [] : [left])) });
}
