import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

import type { Emulator } from '../../lib/emulator';
import { fastOrg, project, type Project } from '../cli/support';

/** SALESFORCE_CLI names its bin/run.js, SALESFORCE_CLI_NODE a Node that is new enough for it. */
const { SALESFORCE_CLI: CLI = '', SALESFORCE_CLI_NODE: NODE = process.execPath } = process.env;
const isThere = existsSync(CLI);
if (!isThere) process.stderr.write('no Salesforce CLI was found (SALESFORCE_CLI): its suite does not run\n');

const APP = `<?xml version="1.0" encoding="UTF-8"?>
<ExternalClientApplication xmlns="http://soap.sforce.com/2006/04/metadata"><contactEmail>a@b.example</contactEmail>
<distributionState>Local</distributionState><isProtected>false</isProtected><label>Probe</label></ExternalClientApplication>`;
const FILE = 'force-app/main/default/externalClientApps/Probe.eca-meta.xml';

let here: Project;
let salesforce: Emulator;
beforeEach(async () => {
  here = project();
  salesforce = await fastOrg();
  here.write('home/.keep', '');
  here.write(
    'sfdx-project.json',
    JSON.stringify({ packageDirectories: [{ path: 'force-app', default: true }], sourceApiVersion: '66.0' }),
  );
  here.write(FILE, APP);
});
afterEach(async () => {
  await salesforce.close();
  here.remove();
});

/** Runs the unmodified Salesforce CLI with a home folder of its own. */
function sf(
  commandLine: string,
  query: readonly string[] = [],
): Promise<{ readonly status: number; readonly result: unknown }> {
  const child = spawn(NODE, ['--no-deprecation', CLI, ...commandLine.split(' '), ...query, '--json'], {
    cwd: here.folder,
    stdio: ['ignore', 'pipe', 'ignore'],
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: here.path('home'),
      SF_ACCESS_TOKEN: salesforce.accessToken,
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
        resolve(JSON.parse(stdout) as { status: number; result: unknown });
      } catch {
        reject(new Error(`sf ${commandLine}: ${stdout}`));
      }
    });
  });
}

(isThere ? it : it.skip)(
  'the unmodified Salesforce CLI logs in, deploys, lists, retrieves, queries and deletes',
  async () => {
    const login = await sf(`org login access-token --instance-url ${salesforce.url} --no-prompt --alias emu`);
    expect(login).toMatchObject({ status: 0, result: { orgId: salesforce.orgId } });
    const deployed = { status: 0, result: { success: true, numberComponentErrors: 0 } };
    expect(await sf('project deploy start -d force-app --dry-run --target-org emu')).toMatchObject(deployed);
    expect(await sf('project deploy start -d force-app --target-org emu')).toMatchObject(deployed);
    expect(await sf('org list metadata -m ExternalClientApplication --target-org emu')).toMatchObject({
      status: 0,
      result: [expect.objectContaining({ fullName: 'Probe' })],
    });
    expect(await sf('project retrieve start -m ExternalClientApplication --target-org emu')).toMatchObject({
      status: 0,
      result: { success: true },
    });
    expect(here.read(FILE)).toContain('<label>Probe</label>');
    const users = await sf('data query --target-org emu -q', ['SELECT Id, Username FROM User']);
    expect(users).toMatchObject({ status: 0, result: { records: [{ Username: 'admin@emulator.example' }] } });
    const gone = await sf('project delete source -m ExternalClientApplication:Probe --no-prompt --target-org emu');
    expect(gone).toMatchObject({ status: 0 });
    expect(existsSync(here.path(FILE))).toBe(false);
  },
  240_000,
);
