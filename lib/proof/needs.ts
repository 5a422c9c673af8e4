import type { FieldRecord } from '../metadata/component';
import { declaredList, declaredText } from '../metadata/declared-setting';
import type { Manifest, ManifestApp, ManifestRecord } from '../metadata/manifest';
import type { SettingName } from '../options/settings';
import { subjectTokenOf, type SubjectTokens } from './subject';

/** Who and what an org must have before the manifest can be applied to it and its apps can be tried. */
export interface Needs {
  readonly users: { username: string; profile?: string; permissionSets?: string[]; site?: 'member' | 'guest' }[];
  readonly permissionSets: { name: string }[];
  readonly profiles: string[];
  /** `subjects` are the usernames that a token exchange handler finds, by the token of the other issuer. */
  readonly apexClasses: { name: string; subjects: Record<string, string> }[];
}

export const OUTSIDER = 'outsider@proof.example';
/** What the outsider holds: a permission set that no app of a program names. */
export const OF_OUTSIDERS = 'Proof_Outsiders';
/** The user that unknown visitors of the site share. */
const GUEST = 'guest@proof.example';
export const insiderOf = ({ api_name: name }: ManifestApp): string =>
  `insider@${name.toLowerCase().replaceAll('_', '-')}.example`;

/** The permission sets that let users into the apps, each once. */
export const permissionSetsOf = (apps: readonly ManifestApp[]): readonly string[] =>
  unique(apps.flatMap((app) => declaredList(app, 'permissionSets') ?? []));

/** What the apps state of a setting. */
const stated = (apps: readonly ManifestApp[], name: SettingName): readonly string[] =>
  apps.flatMap((app) => declaredText(app, name) ?? []);

/** The users that apps and token exchange handlers act as, each once. */
export function actingUsersOf({ apps, records = [] }: Manifest): readonly string[] {
  const exchanger = ({ apexExecutionUser: user }: FieldRecord): readonly string[] =>
    typeof user === 'string' ? [user] : [];
  const exchangers = records.flatMap((record) => enablementsOf(record).flatMap(exchanger));
  return unique([...stated(apps, 'runAsUser'), ...stated(apps, 'apexHandlerUser'), ...exchangers]);
}

/** The needs of a manifest: each app has a user of its own, who has what lets a user in. */
export function needsOf(manifest: Manifest): Needs {
  const { apps, records = [] } = manifest;
  const insiders = apps.map((app) => {
    const [set] = declaredList(app, 'permissionSets') ?? [];
    const [profile] = declaredList(app, 'profiles') ?? [];
    const admitted = set === undefined ? profile !== undefined && { profile } : { permissionSets: [set] };
    return { username: insiderOf(app), ...SITE, ...admitted };
  });
  const exchanging = records.flatMap(({ fields }) => fields['tokenHandlerApex']?.value ?? []);
  const classes = [...stated(apps, 'apexHandler'), ...exchanging.filter((each) => typeof each === 'string')];
  const tried = [OUTSIDER, ...insiders.map(({ username }) => username)];
  const subjects = Object.fromEntries(tried.map((username) => [subjectTokenOf(username), username]));
  return {
    users: [
      { username: OUTSIDER, ...SITE, permissionSets: [OF_OUTSIDERS] },
      ...insiders,
      { username: GUEST, site: 'guest' },
      ...actingUsersOf(manifest).map((username) => ({ username })),
    ],
    permissionSets: unique([...permissionSetsOf(apps), OF_OUTSIDERS]).map((name) => ({ name })),
    profiles: unique(apps.flatMap((app) => declaredList(app, 'profiles') ?? [])),
    apexClasses: unique(classes).map((name) => ({ name, subjects })),
  };
}

/** Whoever tries an app may use the Experience Cloud site: what keeps him out is then the app. */
const SITE = { site: 'member' as const };

/** The apps that a token exchange handler serves; of another record, none. */
function enablementsOf({ fields: { enablements } }: ManifestRecord): readonly FieldRecord[] {
  const rows = enablements?.value;
  return Array.isArray(rows) ? rows.filter((row): row is FieldRecord => typeof row === 'object') : [];
}

/** The token exchange handler that the program declares for the app. */
export function exchangeOf({ records = [] }: Manifest, { api_name: app }: ManifestApp): SubjectTokens | undefined {
  for (const record of records) {
    const { name, fields } = record;
    const serves = enablementsOf(record).some((row) => [row['externalClientApp'], row['connectedApp']].includes(app));
    const takes = (wanted: boolean): readonly string[] =>
      TOKEN_TYPES.flatMap(([field, type]) => ((fields[field]?.value === true) === wanted ? [type] : []));
    const [type] = takes(true);
    if (serves && fields['isEnabled']?.value === true && type !== undefined) {
      return { handler: name, type, otherTypes: takes(false) };
    }
  }
  return undefined;
}

const TOKEN_TYPES = [
  ['isIdTokenSupported', 'id_token'],
  ['isAccessTokenSupported', 'access_token'],
  ['isJwtSupported', 'jwt'],
  ['isRefreshTokenSupported', 'refresh_token'],
  ['isSaml2Supported', 'saml2'],
] as const;

const unique = (all: readonly string[]): string[] => [...new Set(all)];

/** The manifest for an org that has none of its apps: nothing is adopted, and what it takes for granted is there. */
export const asNew = (manifest: Manifest): Manifest => ({
  ...manifest,
  settings: withAssumed(manifest),
  apps: manifest.apps
    .filter((app) => lateFields(app).length === 0)
    .map((app) => ({
      ...app,
      adopt: false,
      ...(app.platform === 'connected-app' && { creation_allowed_by_support: true as const }),
    })),
});

function withAssumed({ settings, assumptions }: Manifest): Manifest['settings'] {
  if (assumptions.code_and_credentials_flow !== true) return settings;
  const [type, name] = ['OauthOidcSettings', 'OauthOidc'];
  const stated = settings.find((component) => component.type === type) ?? { type, name, fields: {}, preserved: [] };
  const fields = { ...stated.fields, oAuthCdCrdtFlowEnable: { value: true, ownership: 'stated' as const } };
  return [...settings.filter((component) => component !== stated), { ...stated, fields }];
}

/** Fields whose values come from other Terraform resources: without Terraform the app cannot be made. */
export const lateFields = ({ components }: ManifestApp): readonly string[] =>
  components.flatMap(({ late = [] }) => late);

const STRANGER = 'Proof_Stranger';

/** A copy of one of the apps under another name, and who logs in to it: a client that has no part in what others are given. */
export function strangerTo({
  apps,
  org,
}: Manifest): { readonly app: ManifestApp; readonly insider: string } | undefined {
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
  const app = { ...model, api_name: STRANGER, path: `${org.path}/${STRANGER}`, components };
  return { app, insider: insiderOf(model) };
}
