import { DEFAULT_API_VERSION, NEWEST_API_VERSION, OLDEST_API_VERSION } from '../../metadata/api-version';
import type { Credentials } from '../../org/credentials';
import { type Environment, resolveLogin } from '../../org/login';
import { OrgError } from '../../org/org-error';
import { FAIL_ON, FAIL_ON_VALUES, type FailOn } from '../../policy/severity';
import { organizationIdProblem } from '../../values/organization-id';
import type { BlockSchema } from '../schema/attribute';
import { hasUnknown } from '../schema/field-value';
import { text, type Value, type Values } from '../wire/value';

/** What a configuration is called that states no managed_by. */
export const UNNAMED = 'terraform';

/** The provider's own arguments. Everything may be left to the environment. */
export const PROVIDER_SCHEMA: BlockSchema = {
  version: 0,
  description:
    'OAuth client apps of one Salesforce org: External Client Apps and Connected Apps, the org settings for them, ' +
    'custom scopes, token exchange handlers and the rotation of consumer secrets. One provider configuration is one org.',
  attributes: [
    {
      name: 'instance_url',
      type: 'string',
      mode: 'optional',
      description:
        'Address of the org (https://acme.my.salesforce.com), together with access_token. Default: SF_INSTANCE_URL.',
    },
    {
      name: 'access_token',
      type: 'string',
      mode: 'optional',
      sensitive: true,
      description:
        'Access token. Default: the environment, as for the client-apps command: SF_ACCESS_TOKEN with ' +
        'SF_INSTANCE_URL, JWT bearer (SF_CLIENT_ID, SF_USERNAME, SF_JWT_KEY_FILE or SF_JWT_KEY), client credentials ' +
        '(SF_CLIENT_ID, SF_CLIENT_SECRET, SF_LOGIN_URL) or SF_TARGET_ORG.',
    },
    {
      name: 'org',
      type: 'string',
      mode: 'optional',
      description:
        'Name of the org. If it is set, only variables with the name in them count (SF_PROD_ACCESS_TOKEN for prod), so ' +
        'the providers of several orgs never share credentials.',
    },
    {
      name: 'only_org',
      type: 'bool',
      mode: 'optional',
      description:
        'The run has no other org, so variables without its name also count (SF_ACCESS_TOKEN), if there are none ' +
        'with it. Default: false.',
    },
    {
      name: 'org_id',
      type: 'string',
      mode: 'optional',
      description: 'Organization id that the org must have, of 15 or 18 characters. Default: not checked.',
    },
    {
      name: 'api_version',
      type: 'number',
      mode: 'optional',
      description: `Metadata API version, ${OLDEST_API_VERSION} to ${NEWEST_API_VERSION}. Default: ${DEFAULT_API_VERSION}.`,
    },
    {
      name: 'fail_on',
      type: 'string',
      mode: 'optional',
      description:
        'The lowest severity at which a change is blocked for introducing or worsening a violation of a security control: ' +
        `${FAIL_ON_VALUES.join(', ')}. Violations below it, and those that existed before, are warnings. Default: ${FAIL_ON}.`,
    },
    {
      name: 'assumes_code_and_credentials_flow',
      type: 'bool',
      mode: 'optional',
      description:
        'Someone else keeps the Authorization Code and Credentials Flow allowed in the org. The plan then fails for an app ' +
        'that needs the flow if the org forbids it; otherwise it warns, because settings in the same ' +
        'configuration may allow it first. Default: false.',
    },
    {
      name: 'offline',
      type: 'bool',
      mode: 'optional',
      description:
        'Contacts no org and needs no credentials: plans and terraform test check the configuration and every security ' +
        'control that needs no org, and report what is not evaluated; an apply is refused. Default: false, or true if ' +
        'the environment has CLIENT_APPS_OFFLINE=true.',
    },
    {
      name: 'managed_by',
      type: 'string',
      mode: 'optional',
      description:
        'Who manages the apps, as recorded in the last line of their descriptions. If it is set, a create adopts an app ' +
        'that has it (an earlier response was lost). Default: ' +
        `${UNNAMED}, as for every configuration without a name, and no adoption.`,
    },
    {
      name: 'take_over_from',
      type: ['set', 'string'],
      mode: 'optional',
      description:
        'Owners, as named in ownership lines, whose apps this configuration can take over once they are imported. ' +
        'Default: none. Apps that Terraform has written before are its own, whatever the line says.',
    },
  ],
};

/** What the provider block says. */
export interface ProviderConfig {
  /** Undefined: a part of it is not known yet, so the org cannot be asked. */
  readonly login: (() => Credentials) | undefined;
  /** Configured to ask no org; {@link login} is then undefined as well. */
  readonly offline: boolean;
  readonly org: string;
  readonly orgId?: string;
  readonly apiVersion: number;
  readonly managedBy: string;
  /** Violations of this severity or a worse one block the change that brings them. */
  readonly failOn: FailOn;
  /** Owners whose imported apps may be taken over. */
  readonly takeOverFrom: ReadonlySet<string>;
  /** Nothing in the configuration allows the Authorization Code and Credentials Flow: it has to be allowed already. */
  readonly assumesCodeAndCredentials: boolean;
  /** A create may take over an app that carries the line. */
  readonly adopts: boolean;
}

/** Complaints about the arguments, each with the name of the argument. */
export function providerProblems(config: Values): readonly { readonly attribute: string; readonly problem: string }[] {
  const problems: { attribute: string; problem: string }[] = [];
  const version = config['api_version'];
  const offered = typeof version !== 'number' || (version >= OLDEST_API_VERSION && version <= NEWEST_API_VERSION);
  if (!offered || (typeof version === 'number' && !Number.isInteger(version))) {
    problems.push({
      attribute: 'api_version',
      problem: `${String(version)} is no API version from ${OLDEST_API_VERSION} to ${NEWEST_API_VERSION}`,
    });
  }
  const orgId = text(config['org_id']);
  const notAnId = orgId === undefined ? undefined : organizationIdProblem(orgId);
  if (notAnId) {
    const { problem, allowed, remedy } = notAnId;
    problems.push({
      attribute: 'org_id',
      problem: `${JSON.stringify(orgId)}: ${problem}.\n\nallowed: ${allowed}\nto do:   ${remedy}`,
    });
  }
  const failOn = text(config['fail_on']);
  if (failOn !== undefined && !FAIL_ON_VALUES.some((value) => value === failOn)) {
    problems.push({
      attribute: 'fail_on',
      problem: `${failOn} is not allowed; allowed are ${FAIL_ON_VALUES.join(', ')}`,
    });
  }
  const [url, token] = [config['instance_url'] ?? null, config['access_token'] ?? null];
  if ((url === null) !== (token === null)) {
    const missing = url === null ? 'instance_url' : 'access_token';
    problems.push({
      attribute: missing,
      problem: 'instance_url and access_token belong together: set both or neither',
    });
  }
  return problems;
}

export function providerConfig(config: Values, environment: Environment): ProviderConfig {
  const org = text(config['org']);
  const managedBy = text(config['managed_by']);
  const orgId = text(config['org_id']);
  const version = config['api_version'];
  const offline = isOffline(config, environment);
  return {
    login: offline || hasUnknown(config) ? undefined : () => login(config, environment),
    offline,
    org: org ?? 'org',
    ...(orgId !== undefined && { orgId }),
    apiVersion: typeof version === 'number' ? version : DEFAULT_API_VERSION,
    failOn: FAIL_ON_VALUES.find((value) => value === config['fail_on']) ?? FAIL_ON,
    assumesCodeAndCredentials: config['assumes_code_and_credentials_flow'] === true,
    managedBy: managedBy ?? UNNAMED,
    takeOverFrom: new Set(textsOf(config['take_over_from'])),
    adopts: managedBy !== undefined,
  };
}

/** The argument wins over the environment. */
const isOffline = ({ offline = null }: Values, { CLIENT_APPS_OFFLINE: given }: Environment): boolean =>
  offline === null ? given === 'true' || given === '1' : offline === true;

const textsOf = (value: Value | undefined): readonly string[] =>
  Array.isArray(value) ? (value as readonly Value[]).flatMap((each) => text(each) ?? []) : [];

function login(config: Values, environment: Environment): Credentials {
  const [instanceUrl, accessToken] = [text(config['instance_url']), text(config['access_token'])];
  if (instanceUrl !== undefined && accessToken !== undefined) return { kind: 'access-token', accessToken, instanceUrl };
  const org = text(config['org']);
  const alone = org === undefined || config['only_org'] === true;
  // A second name makes plain variables count for nobody.
  const found = resolveLogin(environment, org ?? 'org', alone ? undefined : [org, `${org} `]);
  if (found.kind !== 'local') return found;
  throw new OrgError(
    'login',
    'The built-in org (SF_TARGET_ORG=local) exists only while one command runs, which is too short for Terraform',
    'start one with client-apps emulate, and set SF_INSTANCE_URL and SF_ACCESS_TOKEN as it prints them',
  );
}
