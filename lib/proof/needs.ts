import type { Manifest, ManifestApp } from '../metadata/manifest';
import { CONNECTED_APP } from '../values/metadata-types';

/** Who and what an org must have before the manifest can be applied to it and its apps can be tried. */
export interface Needs {
  readonly users: { username: string; profile?: string; permissionSets?: string[] }[];
  readonly permissionSets: { name: string }[];
  readonly profiles: string[];
  readonly apexClasses: { name: string }[];
}

export const OUTSIDER = 'outsider@proof.example';
export const insiderOf = ({ api_name: name }: ManifestApp): string =>
  `insider@${name.toLowerCase().replaceAll('_', '-')}.example`;

/** The needs of a manifest: each app has a user of its own, who has what lets a user in. */
export function needsOf({ apps, records = [] }: Manifest): Needs {
  const named = apps.map((app) => ({
    app,
    sets: texts(app, 'commaSeparatedPermissionSet', 'permissionSetName'),
    profiles: texts(app, 'commaSeparatedProfile', 'profileName'),
  }));
  const insiders = named.map(({ app, sets, profiles }) => ({
    username: insiderOf(app),
    permissionSets: sets.slice(0, 1),
    ...(sets.length === 0 && profiles[0] !== undefined && { profile: profiles[0] }),
  }));
  const acting = apps.flatMap((app) =>
    texts(app, 'clientCredentialsFlowUser', 'oauthConfig.oauthClientCredentialUser', 'executeHandlerAs'),
  );
  const handlers = [
    ...apps.flatMap((app) => texts(app, 'apexHandler')),
    ...records.flatMap(({ fields }) => textsOf(fields['tokenHandlerApex']?.value)),
  ];
  const runAs = [...new Set([...acting, ...records.flatMap(({ fields }) => textsOf(fields['executeUser']?.value))])];
  return {
    users: [{ username: OUTSIDER }, ...insiders, ...runAs.map((username) => ({ username }))],
    permissionSets: [...new Set(named.flatMap(({ sets }) => sets))].map((name) => ({ name })),
    profiles: [...new Set(named.flatMap(({ profiles }) => profiles))],
    apexClasses: [...new Set(handlers)].map((name) => ({ name })),
  };
}

/** The manifest for an org that has none of its apps: nothing is adopted, and what it takes for granted is there. */
export const asNew = (manifest: Manifest): Manifest => ({
  ...manifest,
  settings: withAssumed(manifest),
  apps: manifest.apps
    .filter((app) => lateFields(app).length === 0)
    .map((app) => ({
      ...app,
      adopt: false,
      ...(app.components.some(({ type }) => type === CONNECTED_APP) && { creation_allowed_by_support: true as const }),
    })),
});

function withAssumed({ settings, assumptions }: Manifest): Manifest['settings'] {
  if (assumptions.code_and_credentials_flow !== true) return settings;
  const [type, name] = ['OauthOidcSettings', 'OauthOidc'];
  const stated = settings.find((component) => component.type === type) ?? { type, name, fields: {}, preserved: [] };
  const fields = { ...stated.fields, oAuthCdCrdtFlowEnable: { value: true, ownership: 'stated' as const } };
  return [...settings.filter((component) => component !== stated), { ...stated, fields }];
}

function texts({ components }: ManifestApp, ...names: readonly string[]): readonly string[] {
  return components.flatMap(({ fields }) => names.flatMap((name) => textsOf(fields[name]?.value)));
}

const textsOf = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? (value as readonly unknown[]) : [value]).filter(
    (one): one is string => typeof one === 'string' && one !== '',
  );

/** Fields whose values come from other Terraform resources: without Terraform the app cannot be made. */
export const lateFields = ({ components }: ManifestApp): readonly string[] =>
  components.flatMap(({ late = [] }) => late);

const STRANGER = 'Proof_Stranger';

/** A copy of one of the apps under another name: a client that has no part in what others are given. */
export function strangerTo({ apps, org }: Manifest): ManifestApp | undefined {
  const model = apps.find(({ kind }) => kind !== 'machine') ?? apps[0];
  if (model === undefined) return undefined;
  const renamed = (text: string): string =>
    text.startsWith(model.api_name) ? STRANGER + text.slice(model.api_name.length) : text;
  const components = model.components.map((component) => ({
    ...component,
    name: renamed(component.name),
    fields: Object.fromEntries(
      Object.entries(component.fields).map(([name, field]) =>
        name === 'externalClientApplication' ? [name, { ...field, value: STRANGER }] : [name, field],
      ),
    ),
  }));
  return { ...model, api_name: STRANGER, path: `${org.path}/${STRANGER}`, components };
}
