import { healSchema } from '../../lib/cli/heal-schema';
import type { Emulator } from '../../lib/emulator';
import type { OrgReceipt } from '../../lib/operations/types';
import { makeCertificate } from '../emulator/certificate';
import { ALL_IN, getIn, healed, type Pair, prepared, program, type Start, startFrom } from './heal-support';
import { deploys, login, type Project, project } from './support';

let pair: Pair;
let start: Start;
let here: Project;
let production: Emulator;
beforeAll(async () => {
  pair = await makeCertificate();
  const first = project();
  start = await prepared(first, pair);
  first.remove();
});
beforeEach(async () => {
  here = project();
  here.synth(program(pair));
  production = await startFrom(here, start);
});
afterEach(async () => {
  await production.close();
  here.remove();
});

describe('after a refresh that copied no External Client App', () => {
  it('makes them again, says what their clients need, and has nothing to do the second time', async () => {
    const receipt = JSON.parse(here.read('.client-apps/receipts/identity__uat.json')) as OrgReceipt;
    const before = receipt.apps.find(({ api_name: name }) => name === 'Feed')?.consumer_key;
    expect(before).toMatch(/^3MVG9/);
    production.refresh({ name: 'uat' });
    const first = await healed(here, production);
    expect([first.code, first.stderr]).toEqual([0, expect.stringContaining('refreshed since the last apply')]);
    expect(healSchema.safeParse(first.document).error).toBeUndefined();
    expect(first.org.refreshed.verdict).toBe('certain');
    expect(first.org.apps.map(({ api_name: name, found, outcome }) => [name, found, outcome])).toEqual([
      ['Feed', 'missing', 'healed'],
      ['Jobs', 'missing', 'healed'],
      ['Portal', 'missing', 'healed'],
    ]);
    expect(await getIn(production, pair)).toEqual(ALL_IN);
    expect(first.org.apps[0]).toMatchObject({
      consumer_key: production.consumer('Feed')?.key,
      former_consumer_key: before,
      next: [
        { command: 'client-apps outputs --org uat --json' },
        { command: 'client-apps rotate uat/Feed --first --to-command COMMAND' },
      ],
    });

    const sent = deploys(production);
    const second = await healed(here, production);
    expect([second.code, second.org.refreshed.verdict, deploys(production)]).toEqual([0, 'no', sent]);
    expect(second.org.apps.map(({ outcome }) => outcome)).toEqual(['intact', 'intact', 'intact']);
    const plan = await here.run('plan --org uat --detailed-exitcode', { environment: login(production) });
    expect([plan.code, plan.stdout]).toEqual([0, expect.stringContaining('No changes')]);
  });

  it('writes nothing with --dry-run, and says what it would', async () => {
    production.refresh({ name: 'uat' });
    const sent = deploys(production);
    const receipts = here.read('.client-apps/receipts/identity__uat.json');
    const { code, org } = await healed(here, production, '--dry-run');
    expect([code, deploys(production)]).toEqual([2, sent]);
    expect(org.apps.map(({ outcome }) => outcome)).toEqual(['to-heal', 'to-heal', 'to-heal']);
    expect(here.read('.client-apps/receipts/identity__uat.json')).toBe(receipts);
  });
});

describe('an org that is no sandbox', () => {
  it('is refused, and left as it is', async () => {
    const sent = deploys(production);
    const { code, stderr } = await here.run('heal prod', { environment: login(production) });
    expect([code, deploys(production)]).toEqual([1, sent]);
    expect(stderr).toContain('heal-not-a-sandbox');
  });
});
