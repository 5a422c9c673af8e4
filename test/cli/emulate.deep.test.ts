import { connect } from '../../lib/org/connect';
import { describeBuilt, isRunning, MAIN, start, until } from './built';
import { type Project, project } from './support';

const READY = /SF_INSTANCE_URL=(\S+)\nSF_ACCESS_TOKEN=(\S+)\n/;
const emulator = (...args: string[]) => start(process.execPath, [MAIN, 'emulate', ...args]);

let here: Project;
beforeEach(() => {
  here = project();
});
afterEach(() => here.remove());

describeBuilt('client-apps emulate', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('prints how to log in, answers, and ends with 0 on %s', async (signal) => {
    const org = emulator();
    const [, instanceUrl = '', accessToken = ''] = await org.says(READY);
    const client = await connect({ kind: 'access-token', accessToken, instanceUrl });
    expect((await client.identify()).orgId).toMatch(/^00D/);
    expect(org.stdout().trim().split('\n')).toHaveLength(2);
    org.process.kill(signal);
    expect(await org.ended).toBe(0);
  });

  it('keeps the org in the state file from run to run', async () => {
    const state = here.path('org.json');
    const first = emulator('--state', state);
    const [, , token = ''] = await first.says(READY);
    first.process.kill('SIGTERM');
    await first.ended;
    const second = emulator('--state', state);
    expect((await second.says(READY))[2]).toBe(token);
    second.process.kill('SIGTERM');
    await second.ended;
  });

  it('answers as much later as was asked, and refuses a time that is none', async () => {
    const org = emulator('--latency', '300');
    const [, instanceUrl = ''] = await org.says(READY);
    const started = performance.now();
    await fetch(`${instanceUrl}/services/data`);
    expect(performance.now() - started).toBeGreaterThanOrEqual(295);
    org.process.kill('SIGTERM');
    await org.ended;
    expect(await here.run('emulate --latency soon')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('latency-unusable') as string,
    });
  });

  it('is the sandbox that was asked for, and refuses a name that none can have', async () => {
    const org = emulator('--sandbox', 'dev');
    const [, instanceUrl = '', token = ''] = await org.says(READY);
    const headers = { authorization: `Bearer ${token}` };
    const query = `${instanceUrl}/services/data/v66.0/query?q=SELECT+IsSandbox,Name+FROM+Organization`;
    expect(await (await fetch(query, { headers })).json()).toMatchObject({
      records: [{ IsSandbox: true, Name: 'Emulator (sandbox dev)' }],
    });
    org.process.kill('SIGTERM');
    await org.ended;
    expect(await here.run('emulate --sandbox two.words')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('sandbox-name-unusable') as string,
    });
  });

  it('refuses API requests beyond the number that was given, and a number that is none', async () => {
    const org = emulator('--api-requests', '1');
    const [, instanceUrl = '', token = ''] = await org.says(READY);
    const headers = { authorization: `Bearer ${token}` };
    const ask = async () => (await fetch(`${instanceUrl}/services/data/v66.0/limits`, { headers })).status;
    expect([await ask(), await ask()]).toEqual([200, 403]);
    org.process.kill('SIGTERM');
    await org.ended;
    expect(await here.run('emulate --api-requests many')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('api-requests-unusable') as string,
    });
  });

  it('ends when its parent is gone', async () => {
    // The shell starts it in the background, tells its process id, and is then killed without a chance to tidy up.
    const shell = start('/bin/sh', ['-c', `"${process.execPath}" "${MAIN}" emulate & echo "PID=$!"; wait`]);
    const pid = Number((await shell.says(/PID=(\d+)/))[1]);
    await shell.says(READY);
    expect(isRunning(pid)).toBe(true);
    shell.process.kill('SIGKILL');
    expect(await until(() => !isRunning(pid))).toBe(true);
  });

  it('ends when the program that reads its output closes it', async () => {
    const org = emulator();
    await org.says(READY);
    org.process.stdout?.destroy();
    expect(await org.ended).toBe(0);
  });

  it('ends when the pipe it writes to has no reader left', async () => {
    const shell = start('/bin/sh', ['-c', `"${process.execPath}" "${MAIN}" emulate | head -n 2; echo DONE`]);
    await shell.says(READY);
    await shell.says(/DONE/);
    expect(await shell.ended).toBe(0);
  });

  it('says that a port is taken and ends with 1', async () => {
    const org = emulator();
    const port = /:(\d+)$/.exec((await org.says(READY))[1] ?? '')?.[1] ?? '';
    const second = emulator('--port', port);
    expect(await second.ended).toBe(1);
    expect(second.stderr()).toContain(`cannot listen on port ${port}`);
    org.process.kill('SIGTERM');
    await org.ended;
  });
});
