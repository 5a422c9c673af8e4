import type { Login } from './credentials';
import { LOGIN_WAYS, PASSWORD_VARIABLES, type Variable, VARIABLES } from './login-ways';
import { OrgError } from './org-error';

/** Environment variables; passed in, so that nothing in this folder reads the process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What every variable of a login begins with. */
export const PREFIX = 'SF_';

/** `SF_EU_PROD_` for the org `eu-prod`: upper case, everything else an underscore. */
export function orgPrefix(org: string): string {
  return `${PREFIX}${org.toUpperCase().replace(/[^A-Z0-9]/g, '_')}_`;
}

/**
 * Credentials for one org: the first complete set among access token, JWT bearer, client credentials and an alias of
 * the Salesforce CLI. Variables prefixed with the org's name win as a whole: the two spellings are never mixed, and
 * where the run has more than one org only the prefixed ones count, so that no change reaches the wrong org.
 * @param runOrgs Names of all orgs of the run.
 * @throws OrgError `login`, naming the variables found and missing, never a value.
 */
export function resolveLogin(environment: Environment, org: string, runOrgs: readonly string[] = [org]): Login {
  const prefix = orgPrefix(org);
  const twin = runOrgs.find((other) => other !== org && orgPrefix(other) === prefix);
  if (twin !== undefined) {
    throw new OrgError(
      'login',
      `The orgs ${org} and ${twin} share the variables ${prefix}…, so their credentials cannot be distinguished`,
      'rename one of the two orgs',
    );
  }
  const prefixed = variablesAt(environment, prefix);
  const plain = variablesAt(environment, PREFIX);
  const several = new Set([...runOrgs, org]).size > 1;
  const usePlain = prefixed.size === 0 && !hasPassword(environment, prefix) && !several;
  const given = usePlain ? plain : prefixed;
  const spelling = usePlain ? PREFIX : prefix;

  const name = (variable: Variable): string => `${spelling}${variable}`;
  for (const way of LOGIN_WAYS) {
    if (way.needs.every((choice) => choice.some((variable) => given.has(variable)))) {
      return way.read((variable) => given.get(variable), name);
    }
  }
  throw incomplete({ org, given, spelling, ignored: several ? [...plain.keys()] : [], environment });
}

/** Variables that are set to something; CI systems set the ones they do not know to the empty text. */
function variablesAt(environment: Environment, prefix: string): ReadonlyMap<Variable, string> {
  const found = new Map<Variable, string>();
  for (const variable of VARIABLES) {
    const value = environment[`${prefix}${variable}`]?.trim();
    if (value !== undefined && value !== '') found.set(variable, value);
  }
  return found;
}

const hasPassword = (environment: Environment, prefix: string): boolean =>
  PASSWORD_VARIABLES.some((variable) => (environment[`${prefix}${variable}`] ?? '') !== '');

function incomplete(input: {
  readonly org: string;
  readonly given: ReadonlyMap<Variable, string>;
  readonly spelling: string;
  readonly ignored: readonly Variable[];
  readonly environment: Environment;
}): OrgError {
  const { org, given, spelling, ignored, environment } = input;
  const full = (variable: string): string => `${spelling}${variable}`;
  // Where no one named the org, its name is that of its variables.
  const named = org === 'org' ? 'the org' : `the org ${org}`;
  const lines = [`No complete set of credentials for ${named} in the environment.`];
  lines.push(`Found: ${given.size === 0 ? 'none' : [...given.keys()].map(full).join(', ')}.`);
  for (const way of LOGIN_WAYS) {
    const missing = way.needs.filter((choice) => !choice.some((variable) => given.has(variable)));
    lines.push(`${way.title}: missing ${missing.map((choice) => choice.map(full).join(' or ')).join(', ')}.`);
  }
  if (ignored.length > 0) {
    const names = ignored.map((variable) => `${PREFIX}${variable}`).join(', ');
    lines.push(`Not used because the run has more than one org: ${names}.`);
  }
  if (hasPassword(environment, spelling) || hasPassword(environment, PREFIX)) {
    lines.push(
      'Username and password are not supported: External Client Apps refuse that flow, orgs block it by default ' +
        'and it bypasses multi-factor authentication.',
    );
  }
  return new OrgError(
    'login',
    lines.join('\n'),
    ignored.length > 0
      ? `set the variables with the prefix ${spelling}`
      : 'complete one of the sets; docs/bootstrap.md shows the way from an empty org to JWT bearer',
  );
}
