import type { Emulator } from '../../lib/emulator';
import type { Migration } from '../../lib/operations/read-migration';
import { writeSeed } from './messy-support';
import { type Ended, fastOrg, login, type Project, project } from './support';

export const USER = 'portal@acme.example';

export interface Old {
  readonly name?: string;
  readonly scopes?: readonly string[];
  /** More elements of the record, in front of its label. */
  readonly parts?: string;
  readonly description?: string;
  readonly key?: string;
  /** Whether it is an OAuth client at all. Default: true. */
  readonly oauth?: boolean;
}

export const connectedApp = ({
  scopes = ['Api', 'RefreshToken'],
  parts = '',
  description = 'Made by hand',
  key = 'OLDKEY1234567',
  oauth = true,
}: Old) =>
  `<ConnectedApp xmlns="http://soap.sforce.com/2006/04/metadata">${parts}<contactEmail>iam@acme.example</contactEmail>` +
  `<description>${description}</description><label>Old Portal</label>` +
  (oauth ? oauthConfig(scopes, key) : '') +
  '</ConnectedApp>';

const oauthConfig = (scopes: readonly string[], key: string): string =>
  `<oauthConfig><callbackUrl>https://portal.acme.example/cb</callbackUrl><consumerKey>${key}</consumerKey>` +
  `<isAdminApproved>false</isAdminApproved><isPkceRequired>true</isPkceRequired>` +
  scopes.map((scope) => `<scopes>${scope}</scopes>`).join('') +
  '</oauthConfig><oauthPolicy><ipRelaxation>ENFORCE</ipRelaxation>' +
  '<refreshTokenPolicy>specific_inactivity:7:DAYS</refreshTokenPolicy></oauthPolicy>';

export const successor = (name: string, key: string): readonly (readonly [string, string])[] => [
  [
    `externalClientApps/${name}.eca`,
    `<ExternalClientApplication xmlns="http://soap.sforce.com/2006/04/metadata"><contactEmail>iam@acme.example</contactEmail><distributionState>Local</distributionState><label>Portal</label></ExternalClientApplication>`,
  ],
  [
    `extlClntAppGlobalOauthSets/${name}_glbloauth.ecaGlblOauth`,
    `<ExtlClntAppGlobalOauthSettings xmlns="http://soap.sforce.com/2006/04/metadata"><callbackUrl>https://portal.acme.example/cb</callbackUrl><consumerKey>${key}</consumerKey><externalClientApplication>${name}</externalClientApplication><label>${name}</label></ExtlClntAppGlobalOauthSettings>`,
  ],
];

export interface Given {
  readonly old?: Old;
  readonly more?: readonly (readonly [string, string])[];
  readonly usage?: object;
  readonly permissions?: Readonly<Record<string, boolean>>;
}

export const SAML =
  '<samlConfig><acsUrl>https://sp.acme.example/acs</acsUrl><entityUrl>https://sp.acme.example</entityUrl><samlSubjectType>Username</samlSubjectType></samlConfig>';

/** A project and an org with one Connected App, both new for each test. */
export interface MigrationBench {
  readonly here: () => Project;
  readonly salesforce: () => Emulator;
  readonly start: (given?: Given) => Promise<void>;
  readonly run: (command: string, answer?: string) => Promise<Ended>;
  /** What the command says as JSON, and its exit code. */
  readonly read: (command: string) => Promise<Migration & { readonly code: number }>;
}

export function migrationBench(): MigrationBench {
  let here: Project;
  let seeds = 0;
  let salesforce: Emulator | undefined;
  beforeEach(() => {
    here = project();
  });
  afterEach(async () => {
    await salesforce?.close();
    salesforce = undefined;
    here.remove();
  });

  async function start({ old = {}, more = [], usage = {}, permissions }: Given = {}): Promise<void> {
    const { name = 'Old_Portal' } = old;
    const rest = {
      users: [{ username: USER }],
      permissionSets: [{ name: 'Access', holders: 1 }],
      usage,
      ...(permissions && { deployUser: { permissions } }),
    };
    const files = new Map([
      [`connectedApps/${name}.connectedApp`, connectedApp(old)],
      ...more,
      ['org.json', JSON.stringify(rest)] as const,
    ]);
    await salesforce?.close();
    salesforce = await fastOrg({ seedDir: writeSeed(here, files, `seed-${seeds++}`) });
  }
  const run = (command: string, answer?: string): Promise<Ended> => {
    if (!salesforce) throw new Error('no org');
    return here.run(command, { environment: login(salesforce), ...(answer !== undefined && { answer }) });
  };
  async function read(command: string): Promise<Migration & { readonly code: number }> {
    const { code, stdout, stderr } = await run(`${command} --json`);
    if (stdout === '') throw new Error(stderr);
    return { ...(JSON.parse(stdout) as Migration), code };
  }
  return {
    here: () => here,
    salesforce: () => {
      if (!salesforce) throw new Error('no org');
      return salesforce;
    },
    start,
    run,
    read,
  };
}

/** The verdicts of a check, by way. */
export const verdict = ({ checks }: Migration, name: string): readonly string[] =>
  checks.filter(({ check }) => check === name).map((each) => `${each.verdict} ${each.ways.join('+')}`);
export const possible = ({ ways }: Migration): readonly string[] =>
  ways.flatMap((each) => (each.possible ? each.way : []));
