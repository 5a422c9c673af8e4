import { rmSync } from 'node:fs';

import { TIME } from '../cli/fault-matrix';
import { clock, fastOrg, login } from '../cli/support';
import { sampled } from '../deep';
import { KEY, ME, seedFolder, twoKeys } from '../operations/own-login-support';
import { coreInHand } from './core';
import { realCore } from './core-terraform';
import { describeTerraformDeep } from './deep';
import { CHANGES, twoApps } from './fault-apps';
import { faults, type FaultWorld, faultWorld } from './fault-world';

/** The table of faults that the commands meet, too, at every request of the provider; a sample of it in the long run. */
describe('the provider, with a fault at every request', () => {
  let world: FaultWorld;
  beforeAll(async () => {
    world = await faultWorld((environment, begun) => coreInHand(environment, begun));
  });
  afterAll(() => world.close());

  it.each(CHANGES)(
    '%s leaves each app before or after, and told; the next plan is true, and the next apply reaches the goal',
    (name, from, to) => world.applies(name, from, to, faults(8)),
    TIME,
  );

  it('a clock that is hours off is told where it keeps a login from being made, and changes nothing else', async () => {
    const [pair] = await twoKeys();
    const seedDir = seedFolder(pair, {});
    const org = await fastOrg({ seedDir, switches: { assertionLifetimeLimited: true } });
    const late = { ...clock, now: () => Date.now() - 3 * 3_600_000 };
    const jwt = { SF_CLIENT_ID: KEY, SF_LOGIN_URL: org.url, SF_USERNAME: ME, SF_JWT_KEY: pair.key };
    const { errors } = await coreInHand(jwt, undefined, { clock: late }).plan(twoApps('One'));
    expect(errors).toEqual([expect.stringContaining('this machine (NTP), which is 3 hours behind the server')]);
    const core = coreInHand(login(org), undefined, { clock: late });
    expect((await core.apply(twoApps('One'))).errors).toEqual([]);
    expect([...(await core.plan(twoApps('One'))).actions.values()]).toEqual(['no-op', 'no-op']);
    await org.close();
    rmSync(seedDir, { recursive: true });
  });

  it(
    'a plan of an org that an admin changed shows the change, or ends in an error',
    () => world.plans(faults(6)),
    TIME,
  );
});

describeTerraformDeep('the same, driven by the real terraform', () => {
  let world: FaultWorld;
  beforeAll(async () => {
    world = await faultWorld(realCore);
  });
  afterAll(() => world.close());

  it.each(sampled(CHANGES, 2))(
    '%s leaves each app before or after, and told',
    (name, from, to) => world.applies(name, from, to, faults(1)),
    TIME,
  );
});
