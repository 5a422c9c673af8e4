import type { ObservedOrg } from '../metadata/observed';
import { clockWords } from '../org/clock';
import type { OrgCondition, OrgIdentity } from '../org/org';
import { CONNECTED_APP_PERMISSIONS, OWN_PERMISSIONS } from '../org/permissions';
import { preflight } from '../org/preflight';
import { ownApp } from '../plan/own-login';
import { isLoopback } from '../values/callback-url';
import { plural } from '../values/plural';
import { sameId } from '../values/record-id';
import type { LoginFacts, OrgExamination } from './doctor';
import { type Check, failed, type Finding, notEvaluated, ofKnown, ok, together, warning } from './doctor-finding';
import { judgeOwnApp } from './doctor-own-app';

const LOGIN_FIRST = 'correct the login first';

const LOGIN_WORDS: Readonly<Record<LoginFacts['kind'], string>> = {
  'access-token': 'an access token only, which no run can renew',
  'jwt-bearer': 'JWT bearer',
  'client-credentials': 'client credentials',
  'salesforce-cli': 'the Salesforce CLI',
  local: 'the built-in org',
};

function judgeLogin({ login, identity }: OrgExamination): Finding {
  if ('unknown' in login)
    return failed(login.unknown, 'docs/bootstrap.md shows the way from an empty org to JWT bearer');
  const { kind, username, loginUrl } = login.known;
  const words = [LOGIN_WORDS[kind], username && `as ${username}`, loginUrl && `at ${loginUrl}`]
    .filter(Boolean)
    .join(' ');
  if ('unknown' in identity)
    return failed(`${words}: ${identity.unknown}`, 'see the message; docs/bootstrap.md has the complete setup');
  if (kind === 'client-credentials') {
    return warning(words, 'use JWT bearer, which stores no secret with the client: docs/bootstrap.md');
  }
  return kind === 'access-token'
    ? warning(words, 'in CI, use JWT bearer (docs/bootstrap.md): an access token can expire during a long run')
    : ok(words);
}

function judgeOrg({ identity, expectedOrgId, facts }: OrgExamination): Finding {
  return ofKnown(identity, LOGIN_FIRST, ({ orgId, instanceUrl, username }) => {
    const organization = 'known' in facts ? facts.known.organization : undefined;
    const kind = organization && `${organization.organizationType}${organization.isSandbox ? ', a sandbox' : ''}`;
    const words = [`${orgId} at ${instanceUrl}`, kind, username && `user ${username}`].filter(Boolean).join(', ');
    return expectedOrgId !== undefined && !sameId(expectedOrgId, orgId)
      ? failed(`${words}; the program means ${expectedOrgId}`, 'use the credentials of that org, or correct orgId')
      : ok(words);
  });
}

const judgeToken = ({ condition }: OrgExamination): Finding =>
  ofKnown(condition, LOGIN_FIRST, ({ token }) =>
    token === 'opaque'
      ? ok('opaque')
      : failed(
          'a JSON Web Token, which the SOAP calls that read metadata do not accept',
          'switch off JWT-based access tokens for named users on the app of this login, then log in again',
        ),
  );

const judgeApiVersion = ({ identity, apiVersion }: OrgExamination): Finding =>
  ofKnown(identity, LOGIN_FIRST, ({ apiVersions }) => {
    const offered = `${apiVersions[0] ?? 0}.0 to ${apiVersions.at(-1) ?? 0}.0`;
    return apiVersions.includes(apiVersion)
      ? ok(`${apiVersion}.0 is used; the org offers ${offered}`)
      : failed(`${apiVersion}.0 is used, and the org offers ${offered}`, 'set apiVersion of the org to one of these');
  });

function judgePermissions({ facts, declaresConnectedApps }: OrgExamination): Finding {
  return ofKnown(facts, LOGIN_FIRST, (known) => {
    const own = known.ownPermissions;
    const asked = [...OWN_PERMISSIONS, ...(declaresConnectedApps ? CONNECTED_APP_PERMISSIONS : [])];
    const held = asked.filter((name) => own?.get(name) === true);
    const found = preflight(known, '', { connectedApps: declaresConnectedApps });
    if (found.length === 0) return ok(held.join(', '));
    const verdicts = { error: failed, warning, note: notEvaluated } as const;
    const missing = found.map(({ severity, problem, remedy }) => verdicts[severity](problem, remedy));
    return together([...(held.length > 0 ? [ok(`has ${held.join(', ')}`)] : []), ...missing]);
  });
}

/** Switches through which consumer secrets can be read. */
const SECRET_SWITCHES = {
  enableClientSecretInRestApiAccess: 'consumer secrets can be read through the REST API',
  enableConsumerSecretApiAccess: 'consumer secrets can be read through the Metadata API',
} as const;
const OTHER_SWITCHES = [
  ['OauthOidcSettings', 'blockOAuthUnPwFlow'],
  ['OauthOidcSettings', 'blockOAuthUsrAgtFlow'],
  ['OauthOidcSettings', 'oAuthCdCrdtFlowEnable'],
  ['ConnectedAppSettings', 'enableAdminApprovedAppsOnly'],
] as const;

const judgeSwitches = ({ observed }: OrgExamination): Finding =>
  ofKnown(observed, 'see the message', ({ settings }) => {
    const valueOf = (type: string, field: string): Finding | boolean => {
      const record = settings[type];
      if (record?.state === 'unreadable') return notEvaluated(`${field}: ${record.reason}`, 'look in Setup');
      const value = record?.state === 'present' ? record.component.fields[field] : undefined;
      return typeof value === 'boolean' ? value : notEvaluated(`${field}: the org did not return it`, 'look in Setup');
    };
    const secrets = Object.entries(SECRET_SWITCHES).map(([field, words]) => {
      const value = valueOf('ExternalClientAppSettings', field);
      if (typeof value === 'object') return value;
      return value
        ? warning(`${field}=true: ${words}`, `switch ${field} off in Setup > External Client App Settings`)
        : ok(`${field}=false`);
    });
    const others = OTHER_SWITCHES.map(([type, field]) => {
      const value = valueOf(type, field);
      return typeof value === 'object' ? value : ok(`${field}=${value}`);
    });
    return together([...secrets, ...others]);
  });

const judgeMyDomain = ({ identity }: OrgExamination): Finding =>
  ofKnown(identity, LOGIN_FIRST, ({ instanceUrl }: OrgIdentity) => {
    const { hostname } = new URL(instanceUrl);
    if (isLoopback(hostname)) return notEvaluated(`${hostname} is an emulated org`, 'look at the real org');
    return hostname.endsWith('.my.salesforce.com') || hostname.endsWith('.my.salesforce.mil')
      ? ok(hostname)
      : warning(`${hostname} is not a My Domain`, 'log in at the My Domain of the org (https://….my.salesforce.com)');
  });

/** An assertion of JWT bearer is good for three minutes. */
const SKEW = { warning: 30, failed: 120 } as const;

const judgeClock = ({ condition }: OrgExamination): Finding =>
  ofKnown(condition, LOGIN_FIRST, ({ clockSkewMs }: OrgCondition) => {
    if (clockSkewMs === undefined) return notEvaluated('the org sent no Date header', 'check the clock manually');
    const seconds = Math.round(Math.abs(clockSkewMs) / 1000);
    const words = `${clockWords(clockSkewMs)} the org`;
    const fix = 'set the clock of this machine (NTP): a JWT bearer login is refused if the clock is off by minutes';
    if (seconds >= SKEW.failed) return failed(words, fix);
    return seconds >= SKEW.warning ? warning(words, fix) : ok(words);
  });

const judgeQueue = ({ condition }: OrgExamination): Finding =>
  ofKnown(condition, LOGIN_FIRST, ({ deploys }) =>
    ofKnown(deploys, 'look at Setup > Deployment Status', ({ pending, inProgress }) =>
      pending + inProgress === 0
        ? ok('this user sees no running or waiting deploys')
        : warning(
            `${plural(inProgress, 'deploy')} running, ${plural(pending, 'deploy')} waiting`,
            'an apply waits for them: see Setup > Deployment Status',
          ),
    ),
  );

const judgeLimits = ({ condition }: OrgExamination): Finding =>
  ofKnown(condition, LOGIN_FIRST, ({ apiRequests }) =>
    ofKnown(apiRequests, 'look at Setup > Company Information', ({ max, remaining }) => {
      const words = `${remaining.toLocaleString('en-US')} of ${max.toLocaleString('en-US')} API requests are left for 24 hours`;
      const fix = 'find out who uses them (Setup > API Usage), or wait';
      if (remaining < 100) return failed(words, fix);
      return remaining < max / 10 ? warning(words, fix) : ok(words);
    }),
  );

const judgeApps = ({ observed, identity, login, ownUser, today }: OrgExamination): Finding => {
  if ('known' in login && login.known.kind === 'local') {
    return notEvaluated('a login to the built-in org does not use an app', 'look at the real org');
  }
  const clientId = 'known' in identity ? identity.known.clientId : undefined;
  if (clientId === undefined) {
    const why = 'unknown' in identity ? identity.unknown : 'the login does not show which app it came through';
    return notEvaluated(why, 'set SF_CLIENT_ID to the consumer key of the app of this login');
  }
  return ofKnown(observed, 'see the message', (org: ObservedOrg) => {
    const who = 'known' in identity ? identity.known : {};
    const app = ownApp(org, who);
    const user = ownUser && 'known' in ownUser ? ownUser.known : undefined;
    return app
      ? judgeOwnApp(app, { identity: who, user, today })
      : notEvaluated(
          'no app that this user can read has the consumer key of this login',
          'compare SF_CLIENT_ID with the consumer keys of the org; an app of another org or a staged key cannot be checked',
        );
  });
};

const judgeReceipts = ({ memory }: OrgExamination): Finding =>
  ofKnown(memory, 'restore the files', ({ receipts, unwritable }) => {
    const broken = receipts.flatMap(({ file, problem }) => (problem === undefined ? [] : [`${file}: ${problem}`]));
    if (broken.length > 0) return failed(broken.join('; '), 'restore the file, or delete it and plan again');
    if (unwritable !== undefined)
      return warning(
        `nothing can be recorded, so that no apply begins: ${unwritable}`,
        'correct the permissions of the folder, or name another one: receipts in client-apps.config.json',
      );
    if (receipts.length > 0) return ok(receipts.map(({ file }) => file).join(', '));
    return ok('no apply of this program was recorded here');
  });

const judgeUnfinished = ({ memory }: OrgExamination): Finding =>
  ofKnown(memory, 'restore the files', ({ unfinished, stopped, rotations }) =>
    together([
      unfinished.length === 0
        ? ok('no interrupted run is recorded')
        : failed(
            `a run was interrupted: ${unfinished.join(', ')}`,
            'run client-apps plan, which shows the state of the org',
          ),
      ...(rotations?.length === 0 ? [ok('no interrupted or due rotation is recorded')] : []),
      ...(rotations ?? []).map(({ problem, remedy }) => failed(problem, remedy)),
      ...(stopped.length === 0
        ? []
        : [
            warning(
              `stopped, and not started since: ${stopped.join(', ')}`,
              'restart it with client-apps start once the reason is gone',
            ),
          ]),
    ]),
  );

/** In the order of the answer. */
export const ORG_CHECKS: readonly Check<OrgExamination>[] = [
  { id: 'login', title: 'Login', judge: judgeLogin },
  { id: 'org', title: 'Org', judge: judgeOrg },
  { id: 'token', title: 'Access token', judge: judgeToken },
  { id: 'api-version', title: 'API version', judge: judgeApiVersion },
  { id: 'permissions', title: 'Permissions', judge: judgePermissions },
  { id: 'org-switches', title: 'Org switches', judge: judgeSwitches },
  { id: 'my-domain', title: 'My Domain', judge: judgeMyDomain },
  { id: 'clock', title: 'Clock', judge: judgeClock },
  { id: 'deploy-queue', title: 'Deploy queue', judge: judgeQueue },
  { id: 'limits', title: 'Limits', judge: judgeLimits },
  { id: 'own-app', title: 'App of this login', judge: judgeApps },
  { id: 'receipts', title: 'Receipts', judge: judgeReceipts },
  { id: 'unfinished', title: 'Unfinished', judge: judgeUnfinished },
];
