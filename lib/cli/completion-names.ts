import { CONTROLS } from '../policy/controls';
import { isClientAppsError } from '../values/diagnostic';
import type { Names } from './completion';
import type { Io } from './io';
import { loadManifestsIfThere } from './manifests';

/** A shell expands what it is offered: `$(…)` in a name would be run. */
const SAFE = /^[\w.-]+$/;

/** Names for a shell to complete, one on each line: of the last synth, as the program is not run for it. */
export function completionNames(io: Io, names: Names): string {
  const found = [...new Set(namesOf(io, names))].filter((name) => SAFE.test(name)).sort();
  return found.map((name) => `${name}\n`).join('');
}

function namesOf(io: Io, names: Names): readonly string[] {
  if (names === 'controls') return CONTROLS.map(({ id }) => id);
  try {
    const manifests = loadManifestsIfThere(io, {});
    return names === 'orgs'
      ? manifests.map(({ org }) => org.name)
      : manifests.flatMap(({ apps }) => apps.map(({ api_name: name }) => name));
  } catch (error) {
    // Whoever presses Tab wants no report about a broken file; the command itself gives it.
    if (isClientAppsError(error)) return [];
    throw error;
  }
}
