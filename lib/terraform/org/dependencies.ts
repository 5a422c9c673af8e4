import { type Dependencies, type FactRequest, needsNothing } from '../../operations/read-dependencies';
import type { OrgFacts } from '../../org/org';
import { apexClassKey } from '../../values/apex-class-name';
import { createBatch, type Gathering } from './batch';

/** What apps depend on beside client apps, as far as it was needed so far. */
export type DependenciesOf = (needs: FactRequest) => Promise<Dependencies>;

/**
 * Remembers what was read, and asks for the rest: once for all apps that are planned at about the same time. What no app
 * needs is never asked for.
 */
export function createDependencies(
  gathering: Gathering,
  read: (needs: FactRequest) => Promise<Dependencies>,
): DependenciesOf {
  let known: Dependencies = { facts: { unread: [] }, checkFacts: {} };
  const asked = { sites: false, certificates: false, apexClasses: new Set<string>(), runAs: new Set<string>() };

  const unasked = (needs: readonly FactRequest[]): FactRequest => ({
    sites: !asked.sites && needs.some(({ sites }) => sites),
    certificates: !asked.certificates && needs.some(({ certificates }) => certificates),
    apexClasses: rest(needs, 'apexClasses', apexClassKey),
    runAs: rest(needs, 'runAs', lowerCase),
  });
  const rest = (
    needs: readonly FactRequest[],
    of: 'apexClasses' | 'runAs',
    key: (name: string) => string,
  ): string[] => {
    const named = new Map(needs.flatMap((each) => each[of]).map((name) => [key(name), name]));
    return [...named].filter(([name]) => !asked[of].has(name)).map(([, name]) => name);
  };

  const batch = createBatch<FactRequest, Dependencies>(gathering, async (items) => {
    const needs = unasked(items);
    if (!needsNothing(needs)) {
      const answer = await read(needs);
      known = joined(known, answer, needs);
      asked.sites ||= needs.sites;
      asked.certificates ||= needs.certificates;
      for (const name of needs.runAs) asked.runAs.add(lowerCase(name));
      for (const name of needs.apexClasses) asked.apexClasses.add(apexClassKey(name));
      // A class that could not be looked up must not pass for one that is missing, so it is asked for again.
      if (!known.facts.apexClasses) asked.apexClasses.clear();
    }
    return items.map(() => known);
  });

  return async (needs) => (needsNothing(unasked([needs])) ? known : batch.add(needs));
}

/** Users by name, of whom each is asked for once, together with those that are planned at about the same time. */
export type UsersOf = (names: readonly string[]) => Promise<OrgFacts['users']>;

/** @param read What the org says of them; undefined where it does not tell, which is asked for again. */
export function createUsers(gathering: Gathering, read: UsersOf): UsersOf {
  let known: OrgFacts['users'] & object = new Map();
  const asked = new Set<string>();
  const batch = createBatch<readonly string[], OrgFacts['users']>(gathering, async (items) => {
    const unasked = [...new Set(items.flat())].filter((name) => !asked.has(name));
    const found = unasked.length === 0 ? known : await read(unasked);
    if (found) {
      known = new Map([...known, ...found]);
      for (const name of unasked) asked.add(name);
    }
    return items.map((names) => (names.every((name) => asked.has(name)) ? known : undefined));
  });
  return batch.add;
}

const lowerCase = (name: string): string => name.toLowerCase();

function joined(before: Dependencies, now: Dependencies, needs: FactRequest): Dependencies {
  const sites = needs.sites ? now.facts.sites : before.facts.sites;
  const certificates = needs.certificates ? now.facts.certificates : before.facts.certificates;
  const [old, found] = [before.facts.apexClasses, now.facts.apexClasses];
  const apexClasses = needs.apexClasses.length === 0 ? old : found && new Map([...(old ?? []), ...found]);
  const runAs = [before, now].flatMap(({ checkFacts }) => [...(checkFacts.runAsUsers ?? [])]);
  return {
    facts: {
      ...(sites && { sites }),
      ...(certificates && { certificates }),
      ...(apexClasses && { apexClasses }),
      unread: [...new Set([...before.facts.unread, ...now.facts.unread])],
    },
    checkFacts: { ...before.checkFacts, ...now.checkFacts, ...(runAs.length > 0 && { runAsUsers: new Map(runAs) }) },
  };
}
