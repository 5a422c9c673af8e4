import type { Emulator } from '../emulator';
import { connect } from '../org/connect';
import type { Credentials, Login } from '../org/credentials';
import { type Environment, PREFIX, resolveLogin } from '../org/login';
import type { Org } from '../org/org';
import { isOrgError, OrgError } from '../org/org-error';
import { proxySettings } from '../org/proxy';
import type { Exchanged } from '../org/transport';
import { diagnose } from '../values/diagnose';
import { visible } from '../values/visible';
import { invalidInput } from './files';
import type { OrgFlags } from './flags';
import type { Io } from './io';
import { type LocalNeeds, startLocalOrg } from './local-org';

const exchangeText = ({ method, url, operation, outcome, milliseconds, length }: Exchanged): string => {
  const what = operation === undefined ? '' : ` ${operation}`;
  const size = length === undefined ? '' : `, ${length} characters`;
  return `${method} ${visible(url)}${what}: ${outcome} in ${milliseconds} ms${size}`;
};

/** What a login to the built-in org has for a consumer key. */
const LOCAL = 'client-apps --local';

/** Open connections of one command, one for each org. */
export interface Connections {
  /** @throws OrgError where there are no credentials or the org refuses them. */
  readonly open: (org: string, needs?: LocalNeeds) => Promise<Org>;
  /** Ends the local orgs that were started. */
  readonly close: () => Promise<void>;
}

/** When to give up. */
export interface ConnectionLimits {
  readonly signal: AbortSignal;
  /** Longest silence of one request. Default 2 minutes. */
  readonly requestTimeoutMs?: number;
}

/** @throws OrgError as {@link resolveLogin}; where nothing is configured yet, its remedy names what needs no org. */
function loginOf(environment: Environment, org: string, orgs: readonly string[]): Login {
  try {
    return resolveLogin(environment, org, orgs);
  } catch (error) {
    const configured = Object.entries(environment).some(([name, value]) => name.startsWith(PREFIX) && value);
    if (!isOrgError(error) || configured) throw error;
    throw new OrgError(error.kind, error.message, `${error.remedy}; to try the command without an org, add --local`);
  }
}

/** @param orgs Names of all orgs of the run: with several, only credentials that carry an org's name count. */
export function openConnections(
  io: Io,
  flags: OrgFlags,
  orgs: readonly string[],
  { signal, requestTimeoutMs }: ConnectionLimits,
): Connections {
  const opened = new Map<string, Org>();
  const local: Emulator[] = [];

  const credentialsOf = async (name: string, needs: LocalNeeds): Promise<Credentials> => {
    const login = flags.local ? ({ kind: 'local' } as const) : loginOf(io.environment, name, orgs);
    if (login.kind !== 'local') {
      if (flags.seed === undefined && !flags.reset) return login;
      const option = flags.reset ? '--reset' : '--seed';
      const code = flags.reset ? 'reset-without-local' : 'seed-without-local';
      throw invalidInput(diagnose(code, { path: option }, { org: name }));
    }
    const emulator = await startLocalOrg(io, name, flags, needs);
    local.push(emulator);
    // No app stands behind this login, so no plan needs to say that it does not know which one.
    return { kind: 'access-token', accessToken: emulator.accessToken, instanceUrl: emulator.url, clientId: LOCAL };
  };

  return {
    open: async (name, needs = {}) => {
      const known = opened.get(name);
      if (known) return known;
      const org = await connect(await credentialsOf(name, needs), {
        proxy: proxySettings(io.environment),
        signal,
        ...(requestTimeoutMs !== undefined && { requestTimeoutMs }),
        ...(io.clock && { clock: io.clock }),
        ...(io.debug && { onExchange: (exchanged) => io.stderr.write(`debug: ${name}: ${exchangeText(exchanged)}\n`) }),
      });
      opened.set(name, org);
      return org;
    },
    close: async () => {
      await Promise.all(local.map((emulator) => emulator.close()));
    },
  };
}
