import { randomMint } from './ids';
import { resolveSwitches } from './resolve-switches';
import { openSeed, plantSeed, readSeedOrg, withLacking } from './seed';
import type { SeedOrg } from './seed-org';
import { emptyOrg, type OrgState, type Profile } from './state';
import type { EmulatorSwitches } from './switches';

/** What a new org is. */
export interface StartingOrg {
  /**
   * Directory with what a new org starts with: a Metadata API package (package.xml is not looked at), and org.json for
   * users, holders of permission sets, org id and the deploying user; or the name of a seed that comes with the program:
   * `ten-years`. Not looked at when the state file exists.
   */
  readonly seedDir?: string;
  /** Which kind of org. Default: the state's, the seed's, else `developer`. */
  readonly profile?: Profile;
  /** Organization id of a new org, 15 or 18 characters. Default: the seed's, else random. */
  readonly orgId?: string;
  /** The org is a sandbox of this name: 1 to 10 letters and digits. Default: the state's, the seed's, else it is not a sandbox. */
  readonly sandbox?: string;
  /** What org.json of a seed says, for a new org without a seed. Default: nothing. */
  readonly org?: SeedOrg;
  /** Permission sets and users that the org is given where it lacks them, new or not. Default: none. */
  readonly lacking?: Pick<SeedOrg, 'users' | 'permissionSets'>;
  /** Facts about the platform that are open; see COVERAGE.md for names and defaults. */
  readonly switches?: Partial<EmulatorSwitches>;
}

/** The org to start with, and the names of what it was given because it lacked it. @throws ClientAppsError for a seed that cannot be used */
export function startingOrg(
  loaded: OrgState | undefined,
  asked: StartingOrg,
  now: string,
): { readonly org: OrgState; readonly given: readonly string[] } {
  const found = foundOrg(loaded, asked, now);
  const { sandbox: name } = asked;
  const org = name === undefined || name === found.sandbox?.name ? found : { ...found, sandbox: { name } };
  const switches = resolveSwitches(org.profile, asked.switches);
  return withLacking(org, asked.lacking ?? {}, { now, mint: randomMint, switches, seeding: true });
}

/** From the file, else new and seeded. */
function foundOrg(loaded: OrgState | undefined, asked: StartingOrg, now: string): OrgState {
  const { profile, seedDir, orgId } = asked;
  if (loaded) return profile === undefined || profile === loaded.profile ? loaded : { ...loaded, profile };
  const source = seedDir === undefined ? undefined : openSeed(seedDir, now);
  const seed = source === undefined ? (asked.org ?? {}) : readSeedOrg(source);
  const empty = emptyOrg(randomMint, profile ?? seed.profile ?? 'developer', seed.orgId ?? orgId);
  if (source === undefined && asked.org === undefined) return empty;
  const switches = resolveSwitches(empty.profile, asked.switches);
  return plantSeed(empty, source, seed, { now, mint: randomMint, switches, seeding: true });
}
