import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describeBuilt } from '../cli/built';
import { type Org, startOrg, stopOrgs, temporaryFolder } from '../emulator/support';

afterEach(stopOrgs);

const MAIN = join(__dirname, '../../dist/scripts/contract/main.js');

interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command against this org, in a process of its own: it has nothing but the address and a session. */
function contract(org: Org | undefined, ...args: readonly string[]): Promise<Ran> {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('SF_'));
  const login = org && { SF_INSTANCE_URL: org.url, SF_ACCESS_TOKEN: org.accessToken };
  const child = spawn(process.execPath, [MAIN, ...args], { env: { ...Object.fromEntries(kept), ...login } });
  const [out, err]: [string[], string[]] = [[], []];
  child.stdout.on('data', (chunk) => out.push(String(chunk)));
  child.stderr.on('data', (chunk) => err.push(String(chunk)));
  return new Promise((resolve) => {
    child.on('close', (status) => resolve({ status, stdout: out.join(''), stderr: err.join('') }));
  });
}

describeBuilt('npm run contract', () => {
  it('asks the emulator, which answers as its defaults say, and says that no org was asked', async () => {
    const { status, stdout, stderr } = await contract(undefined);
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: 'SF_INSTANCE_URL and SF_ACCESS_TOKEN are not set: only the emulator was asked.\n',
    });
    expect(stdout).toMatch(/^emulator: \d+ of \d+ open facts answered, 0 otherwise than assumed\.$/m);
    expect(stdout).not.toContain('the probe failed');
  });

  it('reads an org, writes nothing to it, and tells what it does otherwise', async () => {
    const org = await startOrg({ switches: { retiredVersionStatus: 404, deployRequestsQueryable: false } });
    const file = join(temporaryFolder(), 'contract.json');
    const { status, stdout } = await contract(org, '--json', file);
    expect(status).toBe(0);
    expect(stdout).toContain("! retiredVersionStatus: 127.0.0.1 says 404; the emulator's default is 410");
    expect(stdout).toContain("! deployRequestsQueryable: 127.0.0.1 says false; the emulator's default is true");
    expect(org.calls().filter(({ operation }) => operation === 'deploy')).toEqual([]);
    const [, asked] = JSON.parse(readFileSync(file, 'utf8')) as readonly { readonly facts: readonly object[] }[];
    expect(asked?.facts).toContainEqual(
      expect.objectContaining({ fact: 'retiredVersionStatus', default: 410, answer: 404, agrees: false }),
    );
  });

  it('writes to no org that does not say that it is a sandbox', async () => {
    const org = await startOrg();
    const { status, stderr, stdout } = await contract(org, '--write');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain('--write is for sandboxes and scratch orgs');
    expect(org.calls().filter(({ operation }) => operation === 'deploy')).toEqual([]);
  });

  it('writes to a sandbox, and leaves nothing there', async () => {
    const switches = { omittedBooleansReset: false, auditTrailNamesApps: 'label', stopEndsTokens: true } as const;
    const org = await startOrg({ switches });
    const { accessToken } = org.refresh({ name: 'uat' });
    const { status, stdout } = await contract({ ...org, accessToken }, '--write', '--wait', '0');
    expect(status).toBe(0);
    expect(stdout).toContain("! omittedBooleansReset: 127.0.0.1 says false; the emulator's default is true");
    // By the login of an app that it made.
    expect(stdout).toContain("! stopEndsTokens: 127.0.0.1 says true; the emulator's default is false");
    expect(stdout).toContain('  assertionReplayRefused: 127.0.0.1 says true');
    // Also where other probes have left their traces in the trail.
    expect(stdout).toContain("! auditTrailNamesApps: 127.0.0.1 says label; the emulator's default is name");
    expect(stdout).not.toContain('left behind');
    expect(stdout).not.toContain('the probe failed');
    const names = await org.get('/services/data/v66.0/query?q=SELECT+Id+FROM+ExternalClientApplication', accessToken);
    expect(await names.json()).toMatchObject({ totalSize: 0 });
  });
});
