import { rmSync } from 'node:fs';

import type { Emulator } from '../../lib/emulator';
import { sampled } from '../deep';
import { KEY, SECRET, seedFolder, twoKeys } from '../operations/own-login-support';
import { eachPlace, TIME } from './fault-matrix';
import { fastOrg, mobile, type Project, project, switchPkceOff, threeDeploys } from './support';

/** Commands whose session ends at each request in turn, and what each needs before and says after. */
const COMMANDS = {
  'apply --auto-approve': 0,
  'plan --validate': 0,
  'drift --unknown-apps': 2,
  'audit --with-usage': 3,
  outputs: 0,
  'usage --app Portal': 0,
  'stop Portal --revoke': 0,
  'start Portal --auto-approve': 0,
  'revoke Portal --auto-approve': 0,
} as const;

describe('a session that ends in the middle, where the login can be renewed', () => {
  let here: Project;
  let salesforce: Emulator;
  let seedDir: string;
  beforeAll(async () => {
    const [pair] = await twoKeys();
    seedDir = seedFolder(pair, {});
  }, 60_000);
  afterAll(() => rmSync(seedDir, { recursive: true }));
  afterEach(async () => {
    await salesforce.close();
    here.remove();
  });
  const run = (line: string) =>
    here.run(line, {
      environment: { SF_CLIENT_ID: KEY, SF_CLIENT_SECRET: SECRET, SF_LOGIN_URL: salesforce.url },
    });

  /** An org as the command needs it; an apply has three deploys to make. */
  async function begin(command: string): Promise<void> {
    here = project();
    salesforce = await fastOrg({ seedDir });
    here.synth((stack) => mobile(threeDeploys(stack)));
    if (command.startsWith('apply')) return;
    expect((await run('apply --auto-approve')).code).toBe(0);
    if (command.startsWith('start')) expect((await run('stop Portal')).code).toBe(0);
    if (/^(plan|drift|audit)/.test(command)) await switchPkceOff(salesforce);
  }

  it.each(Object.entries(COMMANDS))(
    '%s ends with %d all the same, with one more login',
    async (command, code) => {
      await begin(command);
      const before = salesforce.calls().length;
      expect(await run(command)).toMatchObject({ code });
      const calls = salesforce.calls().slice(before);
      const logins = calls.filter(({ operation }) => operation === 'token').length;
      // The token request has no session that could have ended.
      const requests = calls.flatMap(({ operation }, index) => (operation === 'token' ? [] : [index + 1]));
      const fault = { kind: 'invalid-session' } as const;
      const places = requests.map((request) => ({ request, name: 'an expired session', fault, times: 1 }));
      await eachPlace(sampled(places, 2), command, async ({ request }) => {
        await salesforce.close();
        here.remove();
        await begin(command);
        const sent = salesforce.calls().length;
        salesforce.faults.failNext({ operation: '*', after: request - 1 }, fault);
        const ended = await run(command);
        const again = salesforce
          .calls()
          .slice(sent)
          .filter(({ operation }) => operation === 'token');
        expect([ended.code, ended.stderr, again.length]).toEqual([code, ended.stderr, logins + 1]);
        if (command.startsWith('apply')) expect((await run('drift')).code).toBe(0);
      });
    },
    TIME,
  );
});
