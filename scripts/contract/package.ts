/** Files of Metadata API packages, written by hand: probes share nothing with what they are to judge. */

const NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';

/** Folder and suffix by type; settings have one folder for all. */
const PLACES: Readonly<Record<string, readonly [folder: string, suffix: string]>> = {
  ExternalClientApplication: ['externalClientApps', 'eca'],
  ExtlClntAppGlobalOauthSettings: ['extlClntAppGlobalOauthSets', 'ecaGlblOauth'],
  ExtlClntAppOauthSettings: ['extlClntAppOauthSettings', 'ecaOauth'],
  ExtlClntAppOauthSecuritySettings: ['extlClntAppOauthSecuritySettings', 'ecaOauthSecurity'],
  ExtlClntAppConfigurablePolicies: ['extlClntAppPolicies', 'ecaPlcy'],
  ExtlClntAppOauthConfigurablePolicies: ['extlClntAppOauthPolicies', 'ecaOauthPlcy'],
  ConnectedApp: ['connectedApps', 'connectedApp'],
  PermissionSet: ['permissionsets', 'permissionset'],
  CustomPermission: ['customPermissions', 'customPermission'],
};

export interface Component {
  readonly type: string;
  readonly name: string;
  /** The elements, as XML. */
  readonly xml: string;
}

export const component = (type: string, name: string, fields: Readonly<Record<string, string>>): Component => ({
  type,
  name,
  xml: Object.entries(fields)
    .map(([field, value]) => `<${field}>${value}</${field}>`)
    .join(''),
});

/** The name of everything that a probe makes: no other app is called so. */
export const PROBE = 'Zz_Contract_Probe';
/** Its label is another, so that the setup audit trail shows which of the two it names. */
export const LABEL = 'Throw-away app of a contract';

type Changes = Readonly<Record<string, string>>;

/** A whole throw-away external client app. */
export function probeApp(
  changes: {
    readonly global?: Changes;
    readonly oauth?: Changes;
    readonly policy?: Changes;
  } = {},
  name = PROBE,
): readonly Component[] {
  const externalClientApplication = name;
  return [
    component('ExternalClientApplication', name, {
      contactEmail: 'nobody@contract.example',
      distributionState: 'Local',
      label: LABEL,
    }),
    component('ExtlClntAppGlobalOauthSettings', `${name}_glbloauth`, {
      ...{ callbackUrl: 'https://contract.example/callback', externalClientApplication },
      ...changes.global,
    }),
    component('ExtlClntAppOauthSettings', `${name}_oauth`, {
      ...{ commaSeparatedOauthScopes: 'RefreshToken, Api', externalClientApplication },
      ...changes.oauth,
    }),
    component('ExtlClntAppOauthConfigurablePolicies', `${name}_oauthPlcy`, {
      ...{ externalClientApplication, permittedUsersPolicyType: 'AllSelfAuthorized' },
      ...changes.policy,
    }),
    component('ExtlClntAppConfigurablePolicies', `${name}_plcy`, { externalClientApplication, isEnabled: 'true' }),
  ];
}

const OAUTH_POLICY = 'ExtlClntAppOauthConfigurablePolicies';
/** Without the OAuth policy, which the platform then makes by itself. */
export const withoutPolicy = (app: readonly Component[]): readonly Component[] =>
  app.filter(({ type }) => type !== OAUTH_POLICY);

const document = (root: string, content: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${NAMESPACE}">${content}</${root}>\n`;

function manifest(members: ReadonlyMap<string, readonly string[]>, version: number): string {
  const types = [...members].map(
    ([name, list]) => `<types>${list.map((one) => `<members>${one}</members>`).join('')}<name>${name}</name></types>`,
  );
  return document('Package', `${types.join('')}<version>${version}.0</version>`);
}

export function filesOf(components: readonly Component[], version = 66): ReadonlyMap<string, string> {
  const members = new Map<string, string[]>();
  const files = new Map<string, string>();
  for (const { type, name, xml } of components) {
    const place = PLACES[type];
    const group = place ? type : 'Settings';
    members.set(group, [...(members.get(group) ?? []), name]);
    const [folder, suffix] = place ?? ['settings', 'settings'];
    files.set(`${folder}/${name}.${suffix}`, document(type, xml));
  }
  return files.set('package.xml', manifest(members, version));
}

export const deletionOf = (type: string, name: string): ReadonlyMap<string, string> =>
  new Map([
    ['package.xml', manifest(new Map(), 66)],
    ['destructiveChanges.xml', manifest(new Map([[type, [name]]]), 66)],
  ]);
