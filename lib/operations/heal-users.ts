import type { FieldValue } from '../metadata/component';
import { declaredText } from '../metadata/declared-setting';
import { digest } from '../metadata/digest';
import { whereIs } from '../metadata/live-app';
import { type Manifest, type ManifestApp, manifestDigest } from '../metadata/manifest';
import type { CallOptions, Org, OrgFacts, SandboxUser } from '../org/org';
import { diagnose } from '../values/diagnose';
import type { Diagnostic } from '../values/diagnostic';

const SETTINGS = ['runAsUser', 'apexHandlerUser'] as const;
type UserSetting = (typeof SETTINGS)[number];

/** A user that an app names and that the org does not have. */
interface MissingUser {
  readonly app: ManifestApp;
  readonly setting: UserSetting;
  readonly name: string;
}

/** The manifest with the users that a refresh renamed. */
export interface MappedUsers {
  readonly manifest: Manifest;
  /** What stands in the code and is another user here. */
  readonly mapped: readonly Diagnostic[];
  /** Copies of users that were not put in their place, by the name in the code. */
  readonly candidates: ReadonlyMap<string, readonly SandboxUser[]>;
  readonly unread: readonly string[];
}

interface Asked extends CallOptions {
  readonly org: Org;
  readonly manifest: Manifest;
  /** Manifests of the other orgs of the program. */
  readonly others: readonly Manifest[];
  readonly facts: OrgFacts;
  readonly instanceUrl: string;
}

/**
 * Puts the copy of a user in the place of the user whom the code names and this org lacks. Only where exactly one copy
 * exists and is active, and where the code has the same name for the app in another org: then it is the name of the
 * source, and not one that was stated for this org.
 */
export async function mapUsers({ org, manifest, others, facts, instanceUrl, signal }: Asked): Promise<MappedUsers> {
  const missing = missingUsers(manifest, facts);
  const names = missing.map(({ name }) => name);
  const answer = await org.sandboxUsers(names, { ...(signal && { signal }) });
  const suffix = sandboxName(instanceUrl);
  const copies = new Map(
    [...(answer.users ?? [])].map(([name, found]) => [
      name,
      found.filter(
        ({ username }) => suffix === undefined || username.toLowerCase() === `${name}.${suffix}`.toLowerCase(),
      ),
    ]),
  );
  const mapped: Diagnostic[] = [];
  let apps = manifest.apps;
  for (const { app, setting, name } of missing) {
    const [only, ...more] = copies.get(name) ?? [];
    const isOfSource = others.some((other) => namesSame(other, app, setting, name));
    if (!only?.isActive || more.length > 0 || !isOfSource) continue;
    apps = apps.map((each) => (each.path === app.path ? withUser(each, setting, only.username) : each));
    const at = { path: app.path, field: setting === 'runAsUser' ? 'clientCredentials.runAs' : 'apexHandler.executeAs' };
    mapped.push(diagnose('heal-user-mapped', at, { from: name, to: only.username, org: manifest.org.name }));
  }
  const body = { ...manifest, apps };
  return {
    manifest: mapped.length === 0 ? manifest : { ...body, digest: manifestDigest(withoutDigest(body)) },
    mapped,
    candidates: copies,
    unread: answer.unread,
  };
}

/** Where users could not be read, none is taken for missing. */
function missingUsers({ apps }: Manifest, { users }: OrgFacts): readonly MissingUser[] {
  if (!users) return [];
  const known = new Set([...users.keys()].map((name) => name.toLowerCase()));
  return apps.flatMap((app) =>
    SETTINGS.flatMap((setting) => {
      const name = declaredText(app, setting);
      return name === undefined || known.has(name.toLowerCase()) ? [] : [{ app, setting, name }];
    }),
  );
}

const namesSame = ({ apps }: Manifest, app: ManifestApp, setting: UserSetting, name: string): boolean =>
  apps.some(
    (each) =>
      each.api_name === app.api_name &&
      each.platform === app.platform &&
      declaredText(each, setting)?.toLowerCase() === name.toLowerCase(),
  );

/** `uat` of `https://acme--uat.sandbox.my.salesforce.com`; undefined where the address does not tell. */
const sandboxName = (instanceUrl: string): string | undefined =>
  /^https:\/\/[^.]+--([a-z0-9]+)\.sandbox\.my\.salesforce\.com/i.exec(instanceUrl)?.[1];

function withUser(app: ManifestApp, setting: UserSetting, username: FieldValue): ManifestApp {
  const { type, field } = whereIs(app.platform, setting);
  const components = app.components.map((component) => {
    const owned = component.type === type ? component.fields[field] : undefined;
    return owned
      ? { ...component, fields: { ...component.fields, [field]: { ...owned, value: username } } }
      : component;
  });
  return { ...app, components, digest: digest(components) };
}

const withoutDigest = ({ digest: _digest, ...body }: Manifest): Omit<Manifest, 'digest'> => body;
