import { misused } from './misused';
import { NEWEST_KNOWN_VERSION, OLDEST_KNOWN_VERSION } from './schema/schema';
import type { Profile } from './state';
import { type EmulatorSwitches, SWITCHES, type SwitchFact } from './switches';

/** The switches in force: the profile's defaults, then what the caller set. */
export function resolveSwitches(profile: Profile, set: Partial<EmulatorSwitches> = {}): EmulatorSwitches {
  const entries = Object.entries(SWITCHES) as [string, SwitchFact<unknown>][];
  const defaults = Object.fromEntries(
    entries.map(([name, fact]) => [
      name,
      profile === 'mid-2026' && fact.mid2026 !== undefined ? fact.mid2026 : fact.standard,
    ]),
  );
  const problems = Object.keys(set)
    .filter((name) => !Object.hasOwn(SWITCHES, name))
    .map((name) => `unknown emulator switch ${name}`);
  const { latestApiVersion = NEWEST_KNOWN_VERSION } = set;
  if (!(latestApiVersion >= OLDEST_KNOWN_VERSION && latestApiVersion <= NEWEST_KNOWN_VERSION)) {
    problems.push(`latestApiVersion is ${latestApiVersion}, not ${OLDEST_KNOWN_VERSION} to ${NEWEST_KNOWN_VERSION}`);
  }
  if (problems.length > 0) throw misused('switches', problems, 'See COVERAGE.md for the switches and their values.');
  return { ...defaults, ...set } as unknown as EmulatorSwitches;
}
