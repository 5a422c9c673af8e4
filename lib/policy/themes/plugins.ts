import type { Verdict } from '../control';
import { notApplicable, notEvaluated } from '../define';
import type { AppPosture } from '../posture';

/** Plugins are seen and not read. */
export function pluginVerdict({ plugins }: AppPosture, types: readonly string[]): Verdict {
  const found = plugins.filter((plugin) => types.some((type) => plugin.startsWith(`${type}:`)));
  return found.length === 0
    ? notApplicable('The app does not have this plugin.')
    : notEvaluated(`The app has ${found.join(', ')}, whose content this library does not read.`);
}
