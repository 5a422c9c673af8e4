import { spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';

import { type Emulator, type EmulatorOptions, startEmulator } from '../../lib/emulator';
import { type Project, project } from '../cli/support';
import { makeCertificate } from '../emulator/certificate';
import { appOf, manifest, packageOf } from '../emulator/support';

/** SALESFORCE_CLI names its bin/run.js, SALESFORCE_CLI_NODE a Node that is new enough for it. */
const { SALESFORCE_CLI: CLI = '', SALESFORCE_CLI_NODE: NODE = process.execPath } = process.env;
const isThere = existsSync(CLI);
if (!isThere) process.stderr.write('no Salesforce CLI was found (SALESFORCE_CLI): its suite does not run\n');

const ROBOT = 'robot@acme.example';
const SOURCE = 'force-app/main/default/';
const FILE = `${SOURCE}externalClientApps/Probe.eca-meta.xml`;
const TYPE = 'ExternalClientApplication';
/** Whoever holds the permission set may log in by JWT. */
const POLICY = { permittedUsersPolicyType: 'AdminApprovedPreAuthorized', commaSeparatedPermissionSet: 'Robots' };
const ORG: NonNullable<EmulatorOptions['org']> = {
  users: [{ username: ROBOT, profile: 'System Administrator', permissionSets: ['Robots'] }],
  permissionSets: [{ name: 'Robots' }],
};

let here: Project;
let salesforce: Emulator;
beforeEach(() => {
  here = project();
  here.write('home/.keep', '');
  here.write(
    'sfdx-project.json',
    JSON.stringify({ packageDirectories: [{ path: 'force-app', default: true }], sourceApiVersion: '66.0' }),
  );
});
afterEach(async () => {
  await salesforce.close();
  here.remove();
});

/** Writes the app Probe in source format, with a certificate by which it takes assertions. */
function writeSource(certificate: string): void {
  const files = packageOf(appOf('Probe', { global: { certificate }, policy: POLICY }));
  for (const [path, text] of files) if (path !== 'package.xml') here.write(`${SOURCE}${path}-meta.xml`, text);
}

/** Starts an org and logs in as its administrator, under the alias `emu`. */
async function logIn(switches: EmulatorOptions['switches'], org = ORG): Promise<void> {
  salesforce = await startEmulator({ org, switches: { unfinishedPolls: 0, ...switches } });
  const login = await sf(`org login access-token --instance-url ${salesforce.url} --no-prompt --alias emu`);
  expect(login).toMatchObject({ status: 0, result: { orgId: salesforce.orgId } });
}

interface Answer {
  /** Left out where the command ended in an error, which has a name. */
  readonly status?: number;
  readonly name?: string;
  readonly result?: unknown;
}

/** Runs the unmodified Salesforce CLI with a home folder of its own. */
function sf(
  commandLine: string,
  { query = [], overRest = false }: { readonly query?: readonly string[]; readonly overRest?: boolean } = {},
): Promise<Answer> {
  const child = spawn(NODE, ['--no-deprecation', CLI, ...commandLine.split(' '), ...query, '--json'], {
    cwd: here.folder,
    stdio: ['ignore', 'pipe', 'ignore'],
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: here.path('home'),
      SF_ACCESS_TOKEN: salesforce.accessToken,
      SF_ORG_METADATA_REST_DEPLOY: String(overRest),
      SF_DISABLE_TELEMETRY: 'true',
      SF_SKIP_NEW_VERSION_CHECK: 'true',
      SF_DISABLE_LOG_FILE: 'true',
      SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
    },
  });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => {
      try {
        resolve(JSON.parse(stdout) as Answer);
      } catch {
        reject(new Error(`sf ${commandLine}: ${stdout}`));
      }
    });
  });
}

const success = { status: 0, result: { success: true, status: 'Succeeded', numberComponentErrors: 0 } };
const by = (createdByName: string, more: object = {}): object => ({
  ...success,
  result: { ...success.result, createdByName, ...more },
});
const count = (wanted: string, answered: number): number =>
  salesforce.calls().filter(({ operation, status }) => operation === wanted && status === answered).length;
const LIST = `org list metadata -m ${TYPE} --target-org emu`;

// What the CLI deploys and retrieves with is its own copy of @salesforce/source-deploy-retrieve, so that is tried as well.
(isThere ? it : it.skip)(
  'the unmodified Salesforce CLI works through an app from login to removal, over SOAP and REST',
  async () => {
    const { cert, key } = await makeCertificate();
    writeSource(cert);
    here.write('robot.pem', key);
    await logIn({ deployMs: 0 });

    expect(await sf('project deploy start -d force-app --dry-run --target-org emu')).toMatchObject(success);
    expect(salesforce.consumer('Probe')).toBeUndefined();
    expect(await sf('project deploy start -d force-app --target-org emu')).toMatchObject(by('admin@emulator.example'));

    // By the app it just deployed.
    const clientId = salesforce.consumer('Probe')?.key ?? '';
    const jwt = `org login jwt --username ${ROBOT} --client-id ${clientId} --jwt-key-file robot.pem`;
    expect(await sf(`${jwt} --instance-url ${salesforce.url} --alias robot`)).toMatchObject({
      status: 0,
      result: { username: ROBOT, orgId: salesforce.orgId, clientId },
    });
    expect(await sf('org display --target-org robot')).toMatchObject({
      status: 0,
      result: { id: salesforce.orgId, username: ROBOT, instanceUrl: salesforce.url, connectedStatus: 'Connected' },
    });

    for (const overRest of [false, true]) {
      const validated = await sf('project deploy validate -d force-app --target-org robot', { overRest });
      expect(validated).toMatchObject(by(ROBOT, { checkOnly: true }));
      const quick = await sf('project deploy quick --use-most-recent --target-org robot', { overRest });
      expect(quick).toMatchObject(by(ROBOT, { checkOnly: false }));
    }
    // Validation and quick deploy each came by its own way: REST answers 201, SOAP has an operation for the second.
    expect(count('deploy', 201)).toBe(2);
    expect(count('deployRecentValidation', 200)).toBe(1);
    expect(await sf('project deploy report --use-most-recent --target-org robot')).toMatchObject(by(ROBOT));
    // As in every org that is no sandbox.
    expect(await sf('project deploy preview -d force-app --target-org robot')).toMatchObject({
      name: 'NonSourceTrackedOrgError',
    });

    here.write(FILE, here.read(FILE).replace('<label>Probe<', '<label>Local<'));
    const bySource = await sf('project retrieve start -d force-app --target-org robot');
    expect(bySource).toMatchObject({ status: 0, result: { success: true } });
    expect(here.read(FILE)).toContain('<label>Probe</label>');
    here.write('all.xml', manifest({ [TYPE]: ['*'] }));
    rmSync(here.path('force-app'), { recursive: true });
    here.write('force-app/.keep', '');
    const byManifest = await sf('project retrieve start -x all.xml --target-org robot');
    expect(byManifest).toMatchObject({ status: 0, result: { success: true } });
    expect(here.read(FILE)).toContain('<label>Probe</label>');
    const asZip = await sf(`project retrieve start -m ${TYPE} --target-metadata-dir raw --unzip --target-org robot`);
    expect(asZip).toMatchObject({ status: 0, result: { success: true } });
    expect(here.read('raw/unpackaged/unpackaged/externalClientApps/Probe.eca')).toContain('<label>Probe</label>');

    const users = await sf('data query --target-org robot -q', {
      query: [`SELECT Id, Username FROM User WHERE Username = '${ROBOT}'`],
    });
    expect(users).toMatchObject({ status: 0, result: { records: [{ Username: ROBOT }] } });
    expect(await sf(LIST)).toMatchObject({ status: 0, result: [{ fullName: 'Probe' }] });

    here.write('none.xml', manifest({}));
    const destroy = 'project deploy start --manifest none.xml --post-destructive-changes all.xml --target-org emu';
    here.write('all.xml', manifest({ [TYPE]: ['Probe'] }));
    expect(await sf(destroy)).toMatchObject({
      ...success,
      result: { files: [{ fullName: 'Probe', type: TYPE, state: 'Deleted' }] },
    });
    expect(await sf(LIST)).toMatchObject({ status: 0, result: [] });
  },
  240_000,
);

interface Previewed {
  readonly type: string;
  readonly fullName: string;
}
interface Preview {
  readonly toDeploy?: readonly Previewed[];
  readonly toRetrieve?: readonly Previewed[];
  readonly toDelete?: readonly Previewed[];
  readonly conflicts?: readonly Previewed[];
}

(isThere ? it : it.skip)(
  'the unmodified Salesforce CLI tracks the source of a sandbox: previews, conflicts, and what others changed',
  async () => {
    writeSource((await makeCertificate()).cert);
    await logIn({ deployMs: 0 }, { ...ORG, sandbox: 'dev' });
    const preview = async (of: 'deploy' | 'retrieve'): Promise<Preview> =>
      (await sf(`project ${of} preview --target-org emu`)).result as Preview;
    const names = (found: readonly Previewed[] = []): readonly string[] =>
      found.map(({ type, fullName }) => `${type} ${fullName}`).sort();
    const header = `${TYPE} Probe`;

    // What is new here goes there, and then there is nothing left to do.
    expect(names((await preview('deploy')).toDeploy)).toContain(header);
    expect(await sf('project deploy start --target-org emu')).toMatchObject(success);
    expect(await preview('deploy')).toMatchObject({ toDeploy: [], toDelete: [], conflicts: [] });
    expect(names((await preview('retrieve')).toRetrieve)).not.toContain(header);

    // An administrator changes the app in the org.
    await changedInOrg('Theirs');
    expect(names((await preview('retrieve')).toRetrieve)).toEqual([header]);
    expect(await sf('project retrieve start --target-org emu')).toMatchObject({ status: 0, result: { success: true } });
    expect(here.read(FILE)).toContain('<label>Theirs</label>');

    // Both change it.
    here.write(FILE, here.read(FILE).replace('<label>Theirs<', '<label>Mine<'));
    await changedInOrg('Others');
    expect(names((await preview('deploy')).conflicts)).toEqual([header]);
    expect(await sf('project deploy start --target-org emu')).toMatchObject({ name: 'SourceConflictError' });
    expect(await sf('project deploy start --ignore-conflicts --target-org emu')).toMatchObject(success);
    expect(await preview('deploy')).toMatchObject({ toDeploy: [], conflicts: [] });

    // An administrator deletes it.
    await soap('deleteMetadata', `<type>${TYPE}</type><fullNames>Probe</fullNames>`);
    expect(names((await preview('retrieve')).toDelete)).toContain(header);
  },
  240_000,
);

const soap = async (operation: string, body: string): Promise<void> => {
  const namespace = 'http://soap.sforce.com/2006/04/metadata';
  const answer = await fetch(`${salesforce.url}/services/Soap/m/66.0`, {
    method: 'POST',
    headers: { 'content-type': 'text/xml', soapaction: '""' },
    body: `<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"><Header><SessionHeader xmlns="${namespace}"><sessionId>${salesforce.accessToken}</sessionId></SessionHeader></Header><Body><${operation} xmlns="${namespace}">${body}</${operation}></Body></Envelope>`,
  });
  expect(await answer.text()).toContain('<success>true</success>');
};
const changedInOrg = (label: string): Promise<void> =>
  soap(
    'updateMetadata',
    `<metadata xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="${TYPE}"><fullName>Probe</fullName><contactEmail>owner@acme.example</contactEmail><distributionState>Local</distributionState><label>${label}</label></metadata>`,
  );

const START = 'project deploy start -d force-app --async --target-org emu';

(isThere ? it : it.skip)(
  'the unmodified Salesforce CLI resumes a deploy that it left, and deletes source',
  async () => {
    writeSource((await makeCertificate()).cert);
    await logIn({ deployMs: 0, unfinishedPolls: 2 });
    expect(await sf(START)).toMatchObject({ status: 0, result: { done: false, status: 'Queued' } });
    expect(await sf('project deploy resume --use-most-recent')).toMatchObject(success);
    expect(salesforce.consumer('Probe')).toBeDefined();
    const gone = await sf(`project delete source -m ${TYPE}:Probe --no-prompt --target-org emu`);
    expect(gone).toMatchObject({ status: 0 });
    expect(existsSync(here.path(FILE))).toBe(false);
    expect(salesforce.consumer('Probe')).toBeUndefined();
  },
  240_000,
);

(isThere ? it : it.skip)(
  'the unmodified Salesforce CLI cancels a deploy, which leaves nothing',
  async () => {
    writeSource((await makeCertificate()).cert);
    await logIn({ deployMs: 600_000 });
    expect(await sf(START)).toMatchObject({ status: 0, result: { done: false, status: 'Queued' } });
    expect(await sf('project deploy cancel --use-most-recent --target-org emu')).toMatchObject({
      status: 0,
      result: { done: true, status: 'Canceled', canceledByName: 'admin@emulator.example' },
    });
    expect(salesforce.consumer('Probe')).toBeUndefined();
  },
  240_000,
);
