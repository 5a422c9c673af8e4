import type { Emulator } from '../../lib/emulator';
import { packageXml } from '../../lib/metadata/package/package-xml';
import { componentsIn } from './org-state';
import { deleteApp, deployAs, tamper } from './support';

/** What an administrator does by a client of their own while a command is at work. */
export type Act = (org: Emulator) => Promise<void>;

/** An app with OAuth policies, as the acts mean it. */
const POLICIES = (app: string) => ({
  type: 'ExtlClntAppOauthConfigurablePolicies',
  name: `${app}_oauthPlcy`,
  path: `extlClntAppOauthPolicies/${app}_oauthPlcy.ecaOauthPlcy`,
});
const GLOBAL = (app: string) => ({
  type: 'ExtlClntAppGlobalOauthSettings',
  name: `${app}_glbloauth`,
  path: `extlClntAppGlobalOauthSets/${app}_glbloauth.ecaGlblOauth`,
});
const STANDARD = (app: string) => ({
  type: 'ExtlClntAppConfigurablePolicies',
  name: `${app}_plcy`,
  path: `extlClntAppPolicies/${app}_plcy.ecaPlcy`,
});
const HEADER = (app: string) => ({
  type: 'ExternalClientApplication',
  name: app,
  path: `externalClientApps/${app}.eca`,
});
const OAUTH_SETTINGS = { type: 'Settings', name: 'OauthOidc', path: 'settings/OauthOidc.settings' };

const deletes = (type: string, name: string): Act => {
  const files = new Map([
    ['package.xml', packageXml(new Map(), 66)],
    ['destructiveChanges.xml', packageXml(new Map([[type, [name]]]), 66)],
  ]);
  return (org) => deployAs(org, files);
};

export const ACTS = {
  'deletes the app':
    (app: string): Act =>
    (org) =>
      deleteApp(org, app),
  'renames its label':
    (app: string): Act =>
    (org) =>
      tamper(org, HEADER(app), /(<label>)[^<]*/, '$1Renamed by hand'),
  'switches it off':
    (app: string): Act =>
    (org) =>
      tamper(org, STANDARD(app), /(<isEnabled>)true/, '$1false'),
  'switches PKCE off':
    (app: string): Act =>
    (org) =>
      tamper(org, GLOBAL(app), /(<isPkceRequired>)true/, '$1false'),
  'opens its policies':
    (app: string): Act =>
    (org) =>
      tamper(org, POLICIES(app), /(<permittedUsersPolicyType>)\w+/, '$1AllSelfAuthorized'),
  'changes the org settings': (): Act => (org) => tamper(org, OAUTH_SETTINGS, /(<blockOAuthUnPwFlow>)true/, '$1false'),
  'closes what the app needs': (): Act => (org) =>
    tamper(org, OAUTH_SETTINGS, /(<oAuthCdCrdtFlowEnable>)true/, '$1false'),
  'removes the permission set': (): Act => deletes('PermissionSet', 'Feeds'),
  'ends the session': (): Act => (org) => {
    org.faults.failNext({ operation: '*' }, { kind: 'invalid-session' }, 500);
    return Promise.resolve();
  },
} as const;

/** Where in a command it happens: before the org carries out the n-th request, counted from 1. */
export interface Meanwhile {
  readonly request: number;
  readonly act: Act;
}

/** Whether it happened; what could not be done, because there was nothing to change, did not. */
export type Happened = () => boolean;

/** Lets an administrator act while the next command waits for its answer to that request. */
export function letAdminAct(org: Emulator, { request, act }: Meanwhile): Happened {
  let [count, acting, happened] = [0, false, false];
  org.watch({
    before: async () => {
      if (acting) return;
      count += 1;
      if (count !== request) return;
      acting = true;
      happened = await act(org).then(
        () => true,
        () => false,
      );
      acting = false;
    },
  });
  return () => happened;
}

/** What is left of it. */
export function leaveAlone(org: Emulator): void {
  org.watch({});
  org.faults.clear();
}

/** Keys are given anew to an app that is made anew. */
const OWN = ['consumerKey', 'oauthLink', 'orgScopedExternalApp', 'certificate', 'certificateFingerprint'];

/** Every field of every component of the org. */
export const fieldsIn = (state: string): ReadonlyMap<string, string> =>
  new Map(
    componentsIn(JSON.parse(state) as object).flatMap(([type, name, { fields }]) =>
      [...Object.entries(fields), ['exists', true] as const]
        .filter(([field]) => !OWN.includes(field))
        .map(([field, value]) => [`${type} ${name} ${field}`, JSON.stringify(value)] as const),
    ),
  );

/** `Type name field` of all that a goal has otherwise than an org; what the goal does not state counts for nothing. */
export function differing(state: string, goal: string): readonly string[] {
  const [is, shall] = [fieldsIn(state), fieldsIn(goal)];
  const more = [...is.keys()].filter((key) => key.endsWith(' exists') && !shall.has(key));
  return [...[...shall.keys()].filter((key) => is.get(key) !== shall.get(key)), ...more].sort();
}
