import type { FieldRecord } from '../metadata/component';
import { unclearText, withPermissionSetNames } from '../metadata/connected-app/permission-set-names';
import { declaredText } from '../metadata/declared-setting';
import { EXTERNAL_CLIENT_APP_TYPES, OAUTH_RECORD_TYPES, PRESERVED_TYPES, SETTINGS_TYPES } from '../metadata/fields';
import { liveText } from '../metadata/live-app';
import type { Manifest } from '../metadata/manifest';
import { observe, type Reading } from '../metadata/observe';
import type { ObservedApp, ObservedOrg } from '../metadata/observed';
import { CONNECTED_APP, entryOf, OTHER_PLUGIN_TYPES } from '../metadata/package/layout';
import { sessionTimeoutMinutes } from '../metadata/session-timeout';
import { settingsMember } from '../metadata/settings-components';
import type { CallOptions, Org, OrgFacts, OrgIdentity, RetrieveAnswer } from '../org/org';
import { OrgError } from '../org/org-error';
import type { CheckFacts } from '../policy/control';
import { diagnose } from '../values/diagnose';
import { ClientAppsError } from '../values/diagnostic';
import { HEADER } from '../values/metadata-types';
import { sameId } from '../values/record-id';
import {
  type Asking,
  type Concerns,
  hiddenPolicies,
  likelyPolicies,
  type Names,
  type RealNames,
  unguessedPolicies,
} from './hidden-policies';
import { type Dependencies, needsNothing, needsOf, readDependencies, retrievesOf } from './read-dependencies';
import { withSharedRetrieve } from './shared-retrieve';

export interface OrgReading {
  readonly identity: OrgIdentity;
  /** The files that `observed` was made of. */
  readonly source: Reading;
  readonly observed: ObservedOrg;
  readonly facts: OrgFacts;
  /** What controls judge beside metadata; of users only those that apps of the manifest run as. */
  readonly checkFacts: CheckFacts;
}

interface ReadOptions extends CallOptions {
  readonly lastReceipt?: RealNames;
  /** The reading serves for other apps, too, than those of the manifest. */
  readonly others?: boolean;
  /** Nothing will be written, and no advice about versions is due: one call is spared. */
  readonly lookOnly?: boolean | undefined;
}

/**
 * One complete reading: everything by one wildcard retrieve, however many apps there are. Which org it is, is asked
 * together with the rest; the first answer that names another one ends the others.
 * @throws ClientAppsError REFUSED for another org than the manifest names; OrgError where the reading is incomplete.
 */
export async function readOrg(org: Org, manifest: Manifest, options: ReadOptions): Promise<OrgReading> {
  const apiVersion = manifest.org.api_version;
  const needs = needsOf(manifest);
  const shared = withSharedRetrieve(org, 1 + retrievesOf(needs));
  // At once, so that what each of them asks for goes out together. The first that fails ends the others.
  const failure = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, failure.signal]) : failure.signal;
  const identified = async (): Promise<OrgIdentity> => {
    const identity = await shared.identify({
      signal,
      user: false,
      ...(options.lookOnly === true && { onlyVersion: apiVersion }),
    });
    checkOrgId(manifest, identity);
    return identity;
  };
  const [identity, apps, facts, around] = await Promise.all([
    identified(),
    readApps(shared, apiVersion, { signal }, readingFor(manifest, options)),
    shared.facts([...usersOf(manifest)], { signal }),
    readDependencies(shared, needs, apiVersion, { signal }),
  ]).catch((error: unknown) => {
    failure.abort();
    throw error;
  });
  return readingOf(manifest, { identity, apps, facts, around });
}

/** Two readings of the org in a row, of which the second need not ask for all that the first has told. */
interface Again extends CallOptions {
  readonly org: Org;
  readonly before: OrgReading;
  readonly manifest: Manifest;
}

/** All apps, settings and records of the org again; what is known of users and permissions as it was read before. */
export async function readMetadataAgain({ org, before, manifest, ...options }: Again): Promise<OrgReading> {
  const { types } = before.source;
  const readFor = readingFor(manifest, { others: true });
  const asking = { org, apiVersion: manifest.org.api_version, options };
  const nothing: Reading = { files: new Map(), problems: [], types };
  const { observed, ...source } = await retrieveApps(asking, everything(types, readFor.policies), nothing, readFor);
  return withSource(before, source, observed);
}

/** The earlier reading, with what these files say in place of its own. */
export function withSource(before: OrgReading, source: Reading, observed: ObservedOrg): OrgReading {
  const labels = before.facts.permissionSetLabels;
  return { ...before, source, observed: labels ? withPermissionSetNames(observed, labels).observed : observed };
}

/** The earlier reading, with what is to be known of users and other metadata for the sake of this manifest. */
export async function readFactsAgain({ org, before, manifest, ...options }: Again): Promise<OrgReading> {
  const [users, needs] = [usersOf(manifest), needsOf(manifest)];
  if (users.length === 0 && needsNothing(needs)) return before;
  const [facts, around] = await Promise.all([
    org.facts(users, options),
    readDependencies(org, needs, manifest.org.api_version, options),
  ]);
  const { identity, source, observed } = before;
  return readingOf(manifest, { identity, apps: { ...source, observed }, facts, around });
}

interface Parts {
  readonly identity: OrgIdentity;
  readonly apps: AppsReading;
  readonly facts: OrgFacts;
  readonly around: Dependencies;
}

function readingOf(
  manifest: Manifest,
  { identity, apps: { observed, ...source }, facts, around: { facts: around, checkFacts } }: Parts,
): OrgReading {
  const timeout = sessionTimeoutMinutes(source.files.get('settings/Security.settings') ?? '');
  const named = facts.permissionSetLabels && withPermissionSetNames(observed, facts.permissionSetLabels);
  const declared = new Set(manifest.apps.map(({ api_name: name }) => name));
  const unclear = (named?.unclear ?? []).filter(({ app }) => declared.has(app)).map(unclearText);
  const known = { ...facts, ...around, unread: [...facts.unread, ...around.unread, ...unclear] };
  return {
    identity,
    source,
    observed: named?.observed ?? observed,
    facts: known,
    checkFacts: { ...(timeout !== undefined && { orgSessionTimeoutMinutes: timeout }), ...checkFacts },
  };
}

/** What was read, as it came and as it is understood. */
interface AppsReading extends Reading {
  readonly observed: ObservedOrg;
}

/** The apps that someone reads for. */
interface ReadFor {
  /** Of these, the policies are read under any name. Default: of all, and under every name that can be guessed. */
  readonly concerns?: Concerns;
  /** Those of all others are read, too, under every name that can be guessed. Default: not where some concern. */
  readonly others?: boolean | undefined;
  /** Names to ask for together with the wildcard, which may miss them. */
  readonly policies?: Names;
}

/** All client apps and OAuth settings of the org. */
export async function readApps(
  org: Org,
  apiVersion: number,
  options: CallOptions,
  readFor: ReadFor = {},
): Promise<AppsReading> {
  const types = await org.metadataTypes(apiVersion, options);
  if (!types.has(HEADER)) {
    throw new OrgError(
      'answer',
      `the org does not offer ${HEADER} at API version ${apiVersion}.0, so the apps it has cannot be determined`,
      'switch External Client Apps on in Setup, or give the connected user access to them',
    );
  }
  const nothing: Reading = { files: new Map(), problems: [], types };
  return retrieveApps({ org, apiVersion, options }, everything(types, readFor.policies), nothing, readFor);
}

/** Reads these members over what was read before, and the policies that their apps have besides. */
export async function retrieveApps(
  asking: Asking,
  types: Names,
  before: Reading,
  { concerns, others = false }: ReadFor,
): Promise<AppsReading> {
  const reread = async (reading: Reading, names: Names): Promise<AppsReading> => {
    const answer = await asking.org.retrieve({ apiVersion: asking.apiVersion, types: names }, asking.options);
    const read = over(reading, answer, names);
    return { ...read, observed: observe(read) };
  };
  const listed = await reread(before, types);
  const hidden = hiddenPolicies(listed.observed, others || !concerns ? () => true : concerns);
  const guessed = hidden.size > 0 ? await reread(listed, hidden) : listed;
  const policyNames: Names = concerns ? await unguessedPolicies(asking, guessed.observed, concerns) : new Map();
  return policyNames.size > 0 ? reread(guessed, policyNames) : guessed;
}

/** The earlier reading, less the records that were asked for by name, with what came of them. */
function over(before: Reading, { files, ids, changed, problems }: RetrieveAnswer, names: Names): Reading {
  const asked = (path: string): boolean => {
    const entry = entryOf(path);
    const type = entry.kind === 'modeled' ? entry.type.name : entry.kind === 'connected-app' ? CONNECTED_APP.name : '';
    return 'fullName' in entry && names.get(type)?.includes(entry.fullName) === true;
  };
  return {
    files: new Map([...[...before.files].filter(([path]) => !asked(path)), ...files]),
    ids: new Map([...(before.ids ?? []), ...(ids ?? [])]),
    changed: new Map([...(before.changed ?? []), ...(changed ?? [])]),
    problems: [...before.problems, ...problems],
    types: before.types,
  };
}

/** A manifest is read for the apps that it declares or owns. */
function readingFor({ apps, id }: Manifest, { lastReceipt, others }: ReadOptions): ReadFor {
  const declared = new Set(apps.map(({ api_name: apiName }) => apiName));
  const concerns = (app: ObservedApp): boolean => declared.has(app.apiName) || liveText(app, 'managedBy') === id;
  return { concerns, others, policies: likelyPolicies(apps, lastReceipt) };
}

function everything(offered: ReadonlySet<string>, policies: Names = new Map()): Names {
  const members = new Map<string, readonly string[]>();
  const wanted = [
    ...EXTERNAL_CLIENT_APP_TYPES,
    ...PRESERVED_TYPES,
    ...OTHER_PLUGIN_TYPES,
    ...OAUTH_RECORD_TYPES,
    CONNECTED_APP,
  ];
  for (const { name } of wanted) {
    if (offered.has(name)) members.set(name, ['*', ...new Set(policies.get(name))]);
  }
  // Of the security settings, only the session timeout is read: it applies where an app states none.
  return members.set('Settings', [...SETTINGS_TYPES.map(({ name }) => settingsMember(name)), 'Security']);
}

export function checkOrgId(manifest: Manifest, identity: OrgIdentity): void {
  const wanted = manifest.org.org_id;
  if (wanted === undefined || sameId(wanted, identity.orgId)) return;
  const value = `${identity.orgId} at ${identity.instanceUrl}`;
  const place = { path: manifest.org.path, field: 'orgId', value, allowed: wanted };
  throw new ClientAppsError('REFUSED', [diagnose('wrong-org', place, { org: wanted })]);
}

const usersOf = (manifest: Manifest): readonly string[] => [...namedUsers(manifest), ...handlerUsers(manifest)];

/** Whom client credentials act as, and whom an Apex handler runs as. */
const namedUsers = ({ apps }: Manifest): readonly string[] =>
  (['runAsUser', 'apexHandlerUser'] as const).flatMap((name) => apps.flatMap((app) => declaredText(app, name) ?? []));

/** Whom token exchange handlers run as. */
const handlerUsers = ({ records = [] }: Manifest): readonly string[] =>
  records
    .flatMap(({ fields }) => (fields['enablements']?.value ?? []) as readonly FieldRecord[])
    .flatMap(({ apexExecutionUser: name }) => (typeof name === 'string' ? [name] : []));
