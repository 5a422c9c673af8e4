import { connect } from '../../lib/org/connect';
import { appOf, packageOf } from '../emulator/support';
import { clock, fastOrg, login, org, portal, project } from './support';

const QUEUED = /deploy 0Af\w+: queued since \d\d:\d\d UTC; 1 other deploy running/;

it.each([
  ['a terminal', 100],
  ['a log', undefined],
])('a deploy that waits says on %s since when, and what it waits for', async (_, columns) => {
  // Longer than anyone waits: whoever has read it interrupts.
  const salesforce = await fastOrg({ switches: { deployMs: 600_000 } });
  const here = project();
  const aborted = new AbortController();
  let seen = false;
  try {
    here.synth((stack) => {
      portal(org(stack));
    });
    // A validation changes nothing, so that an apply does not wait for it before it sends its own deploy.
    const credentials = { accessToken: salesforce.accessToken, instanceUrl: salesforce.url };
    const admin = await connect({ kind: 'access-token', ...credentials }, { clock });
    const files = packageOf(appOf('Other'));
    const other = admin
      .deploy({ files, apiVersion: 66, checkOnly: true }, { signal: aborted.signal })
      .catch(() => undefined);
    const { code, stderr } = await here.run('apply --auto-approve', {
      environment: login(salesforce),
      ...(columns !== undefined && { columns }),
      onStderr: (text, interrupt) => {
        if (seen || !QUEUED.test(text)) return;
        seen = true;
        interrupt();
        interrupt();
      },
    });
    aborted.abort();
    await other;
    expect([seen, stderr]).toEqual([true, expect.stringMatching(QUEUED)]);
    expect(code).not.toBe(0);
  } finally {
    await salesforce.close();
    here.remove();
  }
});
