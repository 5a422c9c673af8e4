import type { Emulator, EmulatorFault } from '../../lib/emulator';
import { connect } from '../../lib/org/connect';
import { writeSeed } from './messy-support';
import { clock, type Ended, fastOrg, login, mobile, org, portal, project, type Project } from './support';

const NS = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
const OLD = `<ConnectedApp ${NS}><contactEmail>a@acme.example</contactEmail><description>By hand</description><label>Old</label><oauthConfig><callbackUrl>https://old.acme.example/cb</callbackUrl><consumerKey>OLDKEY1234567</consumerKey><isAdminApproved>false</isAdminApproved><scopes>Api</scopes></oauthConfig></ConnectedApp>`;
const NEW = `<ExternalClientApplication ${NS}><contactEmail>a@acme.example</contactEmail><distributionState>Local</distributionState><label>New</label></ExternalClientApplication>`;
const KEY = `<ExtlClntAppGlobalOauthSettings ${NS}><callbackUrl>https://old.acme.example/cb</callbackUrl><consumerKey>NEWKEY1234567</consumerKey><externalClientApplication>Old_ECA</externalClientApplication><label>Old_ECA</label></ExtlClntAppGlobalOauthSettings>`;
const DATES = { created: '2026-01-01T00:00:00Z', lastUsed: '2026-11-01T00:00:00Z' };
/** An app for each revocation that is tried, as tokens that ended do not come back. */
const TICKETS = Array.from({ length: 1000 }, (_, n) => `Ticket${n}`);
const USAGE = {
  uninstalledApps: TICKETS.map((label) => ({ label, consumerKey: `3MVG9${label}` })),
  tokens: TICKETS.flatMap((app) => [1, 2].map((uses) => ({ ...DATES, app, user: 'ann@acme.example', uses }))),
};
const SEED = new Map([
  ['connectedApps/Old.connectedApp', OLD],
  ['externalClientApps/Old_ECA.eca', NEW],
  ['extlClntAppGlobalOauthSets/Old_ECA_glbloauth.ecaGlblOauth', KEY],
  ['org.json', JSON.stringify({ users: [{ username: 'ann@acme.example' }], usage: USAGE })],
]);

/** A project of two apps, applied to an org that has a Connected App and tokens of an unknown app as well. */
export interface World {
  readonly here: Project;
  readonly salesforce: Emulator;
  readonly run: (commandLine: string) => Promise<Ended>;
  /** All that matters of the org, from a reading of its files and tokens by another client. */
  readonly state: () => Promise<string>;
  /** Runs a command while these calls from now on go wrong, counted from 1; nothing of it is left afterwards. */
  readonly failing: (commandLine: string, faults: readonly Failing[]) => Promise<Ended>;
  /** How many requests a command makes where nothing goes wrong. */
  readonly requests: (commandLine: string) => Promise<number>;
  readonly close: () => Promise<void>;
}

export interface Failing {
  readonly request: number;
  readonly fault: EmulatorFault;
  /** How many requests in a row. Default: one. */
  readonly times?: number;
}

const TYPES = [
  'ExternalClientApplication',
  'ExtlClntAppConfigurablePolicies',
  'ExtlClntAppGlobalOauthSettings',
  'ConnectedApp',
];

export async function world(): Promise<World> {
  const here = project();
  here.synth((stack) => {
    const prod = org(stack);
    portal(prod);
    mobile(prod);
  });
  const salesforce = await fastOrg({ seedDir: writeSeed(here, SEED) });
  const environment = login(salesforce);
  const run = (commandLine: string): Promise<Ended> => here.run(commandLine, { environment });
  const applied = await run('apply --auto-approve');
  if (applied.code !== 0) throw new Error(applied.stderr);
  const credentials = {
    kind: 'access-token',
    accessToken: salesforce.accessToken,
    instanceUrl: salesforce.url,
  } as const;
  const admin = await connect(credentials, { clock });
  const state = async (): Promise<string> => {
    const types = new Map(TYPES.map((type) => [type, ['*']] as const));
    const { files } = await admin.retrieve({ apiVersion: 66, types });
    const soql = encodeURIComponent('SELECT UseCount FROM OauthToken ORDER BY UseCount');
    const headers = { authorization: `Bearer ${salesforce.accessToken}` };
    const answer = await fetch(`${salesforce.url}/services/data/v66.0/query?q=${soql}`, { headers });
    const { totalSize } = (await answer.json()) as { totalSize: number };
    const texts = [...files].filter(([path]) => path !== 'package.xml').sort(([a], [b]) => (a < b ? -1 : 1));
    return `${texts.map(([path, text]) => `${path}\n${text}`).join('\n')}\ntokens: ${totalSize}`;
  };
  const failing: World['failing'] = async (commandLine, faults) => {
    let next = 1;
    for (const { request, fault, times = 1 } of [...faults].sort((a, b) => a.request - b.request)) {
      if (request > next) salesforce.faults.failNext({ operation: '*' }, { kind: 'slow', ms: 0 }, request - next);
      salesforce.faults.failNext({ operation: '*' }, fault, times);
      next = Math.max(next, request) + times;
    }
    const ended = await run(commandLine);
    salesforce.faults.clear();
    return ended;
  };
  return {
    here,
    salesforce,
    run,
    state,
    failing,
    requests: async (commandLine) => {
      const before = salesforce.calls().length;
      await run(commandLine);
      return salesforce.calls().length - before;
    },
    close: async () => {
      await salesforce.close();
      here.remove();
    },
  };
}
