import type { Problem } from './problem';

/** Salesforce documents no limit for app names; its own tools stop at 30 characters, so 30 is safe. */
const API_NAME_MAX_LENGTH = 30;

const ALLOWED =
  'a letter first, then letters, digits and single underscores, not ending in an underscore, ' +
  `at most ${API_NAME_MAX_LENGTH} characters`;

/**
 * What is wrong with the API name of a client app, or undefined. The length limit holds for new apps only: an app that
 * exists may have been given a longer name.
 */
export function apiNameProblem(name: string, existing = false): Problem | undefined {
  const problem = shapeProblem(name) ?? (existing ? undefined : lengthProblem(name));
  if (problem === undefined) return undefined;
  const suggestion = suggest(name);
  const example = suggestion === undefined ? '' : `, for example apiName: '${suggestion}'`;
  return { problem, allowed: ALLOWED, remedy: `set apiName to a valid name${example}` };
}

/** The namespace of the package that an app of the name came with; undefined where it has none. */
export const namespaceOf = (name: string): string | undefined => /^([A-Za-z]\w*?)__\w/.exec(name)?.[1];

function shapeProblem(name: string): string | undefined {
  if (name === '') return 'the API name is empty';
  if (/\s/.test(name)) return 'the API name contains white space';
  if (!/^[A-Za-z]/.test(name)) return 'the API name does not start with a letter';
  if (/[^A-Za-z0-9_]/.test(name)) return 'the API name contains a character other than letters, digits and underscores';
  if (name.includes('__')) return 'the API name contains two underscores in a row, which separate a namespace';
  if (name.endsWith('_')) return 'the API name ends in an underscore';
  return undefined;
}

function lengthProblem(name: string): string | undefined {
  return name.length > API_NAME_MAX_LENGTH ? `the API name has ${name.length} characters` : undefined;
}

/** Text of several lines is no name gone wrong but something else, perhaps a key, which must not be repeated. */
function suggest(name: string): string | undefined {
  if (name.length > 60 || /[\r\n]/.test(name)) return undefined;
  const candidate = name
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^[^A-Za-z]+/, '')
    .slice(0, API_NAME_MAX_LENGTH)
    .replace(/_+$/, '');
  return candidate === '' ? undefined : candidate;
}
