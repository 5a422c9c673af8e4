import { X509Certificate } from 'node:crypto';

import { sameId } from '../../../values/record-id';
import { isFields, textOf } from '../../fields';
import { CONNECTED_APP, HEADER } from '../../schema/types';
import { componentOf, consumersOf, type OrgState, partsOf } from '../../state';
import type { Candidate, CheckContext } from '../change';
import { error, type Problem } from '../messages';
import { permissionSetNamed } from '../permission-set-named';

/** Characters all callback URLs of one app may have together. */
const CALLBACK_LIMIT = 2000;
/** Entries a list of IP ranges or attributes may have. */
const LIST_LIMIT = 128;

const APP = 'externalClientApplication';

/** The app a satellite names; a name of no app is a problem. */
export function checkApp({ org, fields }: CheckContext): readonly Problem[] {
  const app = textOf(fields, 'externalClientApplication');
  if (app === undefined || componentOf(org, HEADER, app) !== undefined) return [];
  const text = `INVALID_CROSS_REFERENCE_KEY: In field: externalClientApplication - no ${HEADER} named ${app} found`;
  return [error(text, 'externalClientApplication')];
}

/** One record of its type per app: a second one is refused with the first one's name. */
export function checkOnlyOne(context: CheckContext, link: string): readonly Problem[] {
  const { parts, candidate, fields } = context;
  const app = textOf(fields, 'externalClientApplication') ?? '';
  const other = parts(candidate.type.name, app).find(({ fullName }) => fullName !== candidate.fullName);
  return other === undefined ? [] : [error(`DUPLICATE_VALUE: ${link} duplicates value on ${other.fullName}`)];
}

/** Where the platform names the first policy itself, a policy file in the first deploy is one too many. */
export function checkFirstName(context: CheckContext, link: string, automatic: string): readonly Problem[] {
  const { base, candidate, fields, env } = context;
  const { firstDeployNamesPolicies, firstDeployWritesNamedPolicies } = env.switches;
  if (firstDeployNamesPolicies || env.seeding) return [];
  const app = textOf(fields, 'externalClientApplication') ?? '';
  if (partsOf(base, candidate.type.name, app).length > 0) return [];
  if (automatic === candidate.fullName && firstDeployWritesNamedPolicies) return [];
  return [error(`DUPLICATE_VALUE: ${link} duplicates value on ${automatic}`)];
}

/** All callback URLs in one text, one per line. */
export function checkCallbacks(text: string | undefined, field: string): readonly Problem[] {
  if (text === undefined) return [];
  const problems = text
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !acceptable(line))
    .map((line) => error(`INVALID_FIELD: Enter a callback URL that uses https or a custom scheme: ${line}`, field));
  if (text.length > CALLBACK_LIMIT) {
    problems.push(
      error(
        `STRING_TOO_LONG: Callback URL: data value too large: ${text.length} characters (max length=${CALLBACK_LIMIT})`,
        field,
      ),
    );
  }
  return problems;
}

function acceptable(line: string): boolean {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(line)?.[1]?.toLowerCase();
  if (scheme === undefined || /\s/.test(line)) return false;
  if (scheme !== 'http' && scheme !== 'https') return true;
  if (!URL.canParse(line)) return false;
  return scheme === 'https' || new URL(line).hostname === 'localhost';
}

/** A certificate is PEM, or the base64 between its first and last line. */
export function checkCertificate(text: string | undefined, field: string): readonly Problem[] {
  return text === undefined || certificateOf(text) !== undefined
    ? []
    : [error('FIELD_INTEGRITY_EXCEPTION: The certificate is not a valid X.509 certificate', field)];
}

/** The certificate in either form, or undefined when it cannot be read. */
export function certificateOf(text: string): X509Certificate | undefined {
  try {
    return new X509Certificate(Buffer.from(certificateBody(text), 'base64'));
  } catch {
    return undefined;
  }
}

/** The base64 of a certificate on one line, without armor: how the platform keeps it. */
export const certificateBody = (text: string): string => text.replace(/-----[A-Z ]+-----/g, '').replace(/\s+/g, '');

/** Permission sets are found by API name; ids are not names. */
export function checkPermissionSets(
  context: CheckContext,
  names: readonly string[],
  field: string,
  byLabel = false,
): readonly Problem[] {
  const org = known(context, context.env.switches.permissionSetsCountInSameDeploy);
  const missing = names.filter((name) => permissionSetNamed(org, name, byLabel) === undefined);
  if (missing.length === 0) return [];
  return [error(`INVALID_FIELD: We couldn't find permission sets called ${missing.join(', ')}`, field)];
}

/** Profiles are found by display name. */
export function checkProfiles({ org }: CheckContext, names: readonly string[], field: string): readonly Problem[] {
  const missing = names.filter((name) => !org.profiles.includes(name));
  return missing.length === 0
    ? []
    : [error(`INVALID_FIELD: We couldn't find profiles called ${missing.join(', ')}`, field)];
}

/** The org that counts for what an app needs: as it was, or as this deploy makes it. */
const known = ({ base, org, env }: CheckContext, sameDeployCounts: boolean): OrgState =>
  sameDeployCounts || env.seeding ? org : base;

/** True when an app may use the Authorization Code and Credentials Flow. */
export function codeCredentialsAllowed(context: CheckContext): boolean {
  const org = known(context, context.env.switches.orgSettingsCountInSameDeploy);
  return componentOf(org, 'OauthOidcSettings', 'OauthOidc')?.fields['oAuthCdCrdtFlowEnable'] === true;
}

/** An active user that may use the API, by username. */
export const usableUser = (org: OrgState, username: string | undefined): boolean =>
  org.users.some((user) => user.username === username && user.active && user.apiEnabled);

/** An Apex class that the app names, as `Class`, `ns__Class` or `ns.Class`. */
export function checkApexClass(
  { org, env }: CheckContext,
  named: string | undefined,
  field: string,
): readonly Problem[] {
  if (named === undefined || !env.switches.setupReferencesChecked || env.seeding) return [];
  const [, namespace, name] = /^(?:(.+?)(?:__|\.))?(.+)$/.exec(named.toLowerCase()) ?? [];
  const found = (org.apexClasses ?? []).some((each) => {
    const own = each.namespace?.toLowerCase();
    if (each.name.toLowerCase() !== name) return false;
    return namespace === undefined ? own === undefined || each.namespace === org.namespace : own === namespace;
  });
  return found ? [] : [error(`INVALID_CROSS_REFERENCE_KEY: no Apex class named ${named} found`, field)];
}

/** A certificate of the org, by its id. */
export function checkOwnCertificate(
  { org, env }: CheckContext,
  id: string | undefined,
  field: string,
): readonly Problem[] {
  if (id === undefined || !env.switches.setupReferencesChecked || env.seeding) return [];
  if ((org.certificates ?? []).some((each) => sameId(each.id, id))) return [];
  return [error(`INVALID_CROSS_REFERENCE_KEY: no certificate with the id ${id} found`, field)];
}

/** At most 128 entries, each key once. */
export function checkList(items: readonly string[], field: string): readonly Problem[] {
  const problems: Problem[] = [];
  if (items.length > LIST_LIMIT) {
    problems.push(
      error(`LIMIT_EXCEEDED: ${field} has ${items.length} entries, at most ${LIST_LIMIT} are allowed`, field),
    );
  }
  const twice = items.find((item, index) => items.indexOf(item) !== index);
  if (twice !== undefined) problems.push(error(`DUPLICATE_VALUE: ${field} has the key ${twice} twice`, field));
  return problems;
}

/** A consumer key brought along: of allowed shape, and no one else's. */
export function checkConsumerKey(context: CheckContext, key: string | undefined): readonly Problem[] {
  const { previous, env } = context;
  if (key === undefined || previous?.consumer?.key === key) return [];
  if (keyTaken(context, key)) return [error('The consumer key is already taken.', 'consumerKey')];
  if (previous?.consumer !== undefined) {
    return env.switches.changedConsumerKeyRefused
      ? [error("FIELD_INTEGRITY_EXCEPTION: The consumer key of an existing app can't be changed", 'consumerKey')]
      : [];
  }
  return /^[A-Za-z0-9]{8,256}$/.test(key) || (env.seeding && key.length <= 256)
    ? []
    : [error('INVALID_FIELD: The consumer key must have 8 to 256 alphanumeric characters', 'consumerKey')];
}

/** True when another app of the org has this key, or brings it in the same change. */
function keyTaken({ org, candidate, siblings, env }: CheckContext, key: string): boolean {
  const appOf = (typeName: string, fullName: string): string | undefined =>
    typeName === CONNECTED_APP ? fullName : textOf(componentOf(org, typeName, fullName)?.fields ?? {}, APP);
  const own = appOf(candidate.type.name, candidate.fullName);
  // A migration may have left the key to both apps of the name.
  const same = (typeName: string, fullName: string): boolean =>
    typeName === candidate.type.name
      ? fullName === candidate.fullName
      : env.seeding && own !== undefined && appOf(typeName, fullName) === own;
  const bringsKey = ({ given }: Candidate): boolean => {
    const config = given['oauthConfig'];
    return given['consumerKey'] === key || (isFields(config) && config['consumerKey'] === key);
  };
  return (
    consumersOf(org).some(({ type, component, consumer }) => consumer.key === key && !same(type, component.fullName)) ||
    siblings.some((sibling) => !same(sibling.type.name, sibling.fullName) && bringsKey(sibling))
  );
}
