import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';

import { parseXml } from '../metadata/package/xml';
import type { ClientAppsError } from '../values/diagnostic';
import { apply } from './deploy/apply';
import type { Candidate, ChangeEnvironment } from './deploy/change';
import { readFields } from './deploy/read-fields';
import { id18 } from './ids';
import { misused } from './misused';
import { NEWEST_KNOWN_VERSION, typeKnown, typeOfPath } from './schema/schema';
import { PERMISSION_SET } from './schema/types';
import { type SeedOrg, seedOrgProblems } from './seed-org';
import { SEEDS } from './seeds';
import { componentOf, copyOf, nextId, type OrgState, put } from './state';
import { plantUsage } from './usage/seed';

const broken = (path: string, problems: readonly string[]): ClientAppsError =>
  misused(
    path,
    problems,
    'Correct the seed directory: a Metadata API package, and org.json for what is no metadata.',
    'emulator-seed-unusable',
  );

/** What a new org starts with: files by their path, and where they come from. */
export interface SeedSource {
  readonly name: string;
  readonly files: ReadonlyMap<string, string>;
}

const ORG = 'org.json';

/** The directory of that name; where there is none, the seed that comes with the program. */
export function openSeed(name: string, now: string): SeedSource {
  const builtIn = Object.hasOwn(SEEDS, basename(name)) ? SEEDS[basename(name)] : undefined;
  if (isDirectory(name)) return { name, files: filesIn(name) };
  if (builtIn) return { name: basename(name), files: builtIn(new Date(now)) };
  throw broken(name, [
    `The directory does not exist. Seeds that come with the program: ${Object.keys(SEEDS).join(', ')}.`,
  ]);
}

/** org.json of a seed; empty when there is none. */
export function readSeedOrg({ name, files }: SeedSource): SeedOrg {
  const path = join(name, ORG);
  const text = files.get(ORG);
  if (text === undefined) return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw broken(path, [`It is no JSON: ${cause instanceof Error ? cause.message : String(cause)}`]);
  }
  if (typeof value !== 'object' || value === null) throw broken(path, ['It holds no JSON object.']);
  const problems = seedOrgProblems(value);
  if (problems.length > 0) throw broken(path, problems);
  const seed = value as SeedOrg;
  return seed.orgId === undefined ? seed : { ...seed, orgId: id18(seed.orgId) };
}

/** The org with the seed's people and metadata in it. */
export function plantSeed(
  base: OrgState,
  source: SeedSource | undefined,
  seed: SeedOrg,
  env: ChangeEnvironment,
): OrgState {
  const org = plantSetup(plantPeople(base, seed, env), seed);
  if (source === undefined) return org;
  const planted = plantTimes(plantFiles(org, source, env), seed);
  if (isProblems(planted)) throw broken(join(source.name, ORG), planted);
  const used = seed.usage === undefined ? planted : plantUsage(planted, seed.usage);
  if (isProblems(used)) throw broken(join(source.name, ORG), used);
  return used;
}

const isProblems = (value: OrgState | readonly string[]): value is readonly string[] => Array.isArray(value);

function plantFiles(org: OrgState, source: SeedSource, env: ChangeEnvironment): OrgState {
  const candidates = readCandidates(source);
  const change = { candidates, deleteFirst: [], deleteLast: [] };
  const seeding: ChangeEnvironment = { ...env, seeding: true };
  const { org: planted, messages } = apply(org, change, seeding, { warningsFail: false, partial: false });
  const problems = messages.filter(({ problemType }) => problemType === 'Error');
  if (problems.length > 0) {
    throw broken(
      source.name,
      problems.map(({ fileName, problem }) => `${fileName}: ${problem ?? ''}`),
    );
  }
  return planted;
}

/** The org with records as old as the seed says. */
function plantTimes(base: OrgState, { changed = [] }: SeedOrg): OrgState | readonly string[] {
  if (changed.length === 0) return base;
  const draft = copyOf(base);
  const problems = changed.flatMap(({ type, fullName, time }) => {
    const component = componentOf(draft, type, fullName);
    if (component === undefined) return [`changed names the ${type} ${fullName}, which the org does not have`];
    const lastModifiedDate = new Date(time).toISOString();
    const createdDate = component.createdDate < lastModifiedDate ? component.createdDate : lastModifiedDate;
    put(draft, type, { ...component, createdDate, lastModifiedDate });
    return [];
  });
  return problems.length > 0 ? problems : draft;
}

/** The org with the people and permission sets that it lacks of these, by name; what it has stays as it is. */
export function withLacking(
  base: OrgState,
  { users = [], permissionSets = [] }: SeedOrg,
  env: ChangeEnvironment,
): { readonly org: OrgState; readonly given: readonly string[] } {
  const lacking = {
    users: users.filter(({ username }) => !base.users.some((user) => user.username === username)),
    permissionSets: permissionSets.filter(({ name }) => componentOf(base, PERMISSION_SET, name) === undefined),
  };
  const given = [...lacking.permissionSets.map(({ name }) => name), ...lacking.users.map(({ username }) => username)];
  if (given.length === 0) return { org: base, given };
  return { org: plantPeople(base, { ...lacking, deployUser: base.deployUser }, env), given };
}

function plantPeople(base: OrgState, seed: SeedOrg, env: ChangeEnvironment): OrgState {
  const draft = copyOf(base);
  draft.profiles = [...new Set([...draft.profiles, ...(seed.profiles ?? [])])];
  const groups = (seed.permissionSetGroups ?? []).map((group) => ({ ...group, id: nextId(draft, '0PG') }));
  const addUser = (user: NonNullable<SeedOrg['users']>[number]): void => {
    const given = groups.filter(({ name }) => user.permissionSetGroups?.includes(name));
    draft.users = draft.users.filter(({ username }) => username !== user.username);
    draft.users.push({
      id: nextId(draft, '005'),
      username: user.username,
      active: user.active ?? true,
      apiEnabled: user.apiEnabled ?? true,
      profile: user.profile ?? 'Standard User',
      ...(user.email !== undefined && { email: user.email }),
      ...(user.site !== undefined && { site: user.site }),
      permissionSets: user.permissionSets ?? [],
      ...(given.length > 0 && { groups: given }),
    });
  };
  for (const user of seed.users ?? []) addUser(user);
  for (const { name, label = name, holders = 0 } of seed.permissionSets ?? []) {
    if (componentOf(draft, PERMISSION_SET, name) === undefined) {
      const id = nextId(draft, '0PS');
      put(draft, PERMISSION_SET, {
        id,
        fullName: name,
        fields: { label },
        createdDate: env.now,
        lastModifiedDate: env.now,
      });
    }
    for (let n = 1; n <= holders; n++)
      addUser({ username: `holder${n}.${name}@emulator.example`, permissionSets: [name] });
  }
  const username = seed.deployUser?.username ?? base.deployUser.username;
  const deployUser = { username, permissions: seed.deployUser?.permissions ?? {} };
  if (!draft.users.some((user) => user.username === username)) addUser({ username, profile: 'System Administrator' });
  return { ...draft, deployUser };
}

/** What Setup holds beside metadata. */
function plantSetup(base: OrgState, { namespace, sandbox, apexClasses = [], certificates = [] }: SeedOrg): OrgState {
  const draft = copyOf(base);
  const classes = apexClasses.map(({ name, namespace: of, status = 'Active', valid = true, subjects }) => ({
    id: nextId(draft, '01p'),
    name,
    ...(of !== undefined && { namespace: of }),
    status,
    valid,
    ...(subjects !== undefined && { subjects }),
  }));
  const held = certificates.map(({ name, id, expires }) => ({
    id: id === undefined ? nextId(draft, '0P1') : id18(id),
    name,
    ...(expires !== undefined && { expires }),
  }));
  return {
    ...draft,
    ...(namespace !== undefined && { namespace }),
    ...(sandbox !== undefined && { sandbox: { name: sandbox } }),
    ...(classes.length > 0 && { apexClasses: classes }),
    ...(held.length > 0 && { certificates: held }),
  };
}

function readCandidates({ name, files }: SeedSource): readonly Candidate[] {
  const problems: string[] = [];
  const candidates: Candidate[] = [];
  for (const [path, text] of files) {
    if (['package.xml', ORG].includes(path)) continue;
    const read = readCandidate(path, text);
    if ('problems' in read) problems.push(...read.problems.map((problem) => `${path}: ${problem}`));
    else candidates.push(read);
  }
  if (problems.length > 0) throw broken(name, problems);
  return candidates;
}

const isDirectory = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/** The texts of a directory by their path in it, without notes and hidden files. */
function filesIn(directory: string): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || /^readme|^\./i.test(entry.name)) continue;
    const parent = parentOf(entry);
    const path = join(parent, entry.name).slice(directory.length).replaceAll('\\', '/').replace(/^\/+/, '');
    files.set(path, readFileSync(join(parent, entry.name), 'utf8'));
  }
  return files;
}

/** The directory of an entry: `parentPath` replaced `path` within the life of Node 20. */
function parentOf(entry: object): string {
  const { parentPath, path } = entry as { readonly parentPath?: string; readonly path?: string };
  return parentPath ?? path ?? '';
}

/** A seed file may use every field of the newest version, or of an old one. */
function readCandidate(path: string, text: string): Candidate | { readonly problems: readonly string[] } {
  const at = typeOfPath(path.replace(/-meta\.xml$/, ''));
  if (at === undefined) return { problems: ['no metadata type the emulator knows has its files there'] };
  const document = parseXml(text);
  if (!document.ok) return { problems: [`${document.error.problem} (line ${document.error.line})`] };
  if (document.value.name !== at.type.name) return { problems: [`the root element must be ${at.type.name}`] };
  for (const version of [NEWEST_KNOWN_VERSION, 66, 62]) {
    if (!typeKnown(at.type, version)) continue;
    const { fields, problems } = readFields(document.value, at.type.name, version, text);
    if (problems.length === 0) return { ...at, path, given: fields, version };
  }
  const { problems } = readFields(document.value, at.type.name, NEWEST_KNOWN_VERSION, text);
  return { problems: problems.map((problem) => `${problem.text} (line ${problem.position?.line ?? 1})`) };
}
