import { compared } from '../../lib/proof/clients/compare';
import type { ClientOutcome, ClientRun } from '../../lib/proof/clients/report';
import { WireReader } from '../../lib/proof/clients/wire';
import { clientConclusion } from '../../lib/reports/proof/client-words';

/** A run with these outcomes, by scenario; it breaks where one of them does. */
const run = (outcomes: Readonly<Record<string, ClientOutcome>>): ClientRun => ({
  outcome: Object.values(outcomes).includes('breaks') ? 'breaks' : 'survives',
  scenarios: Object.entries(outcomes).map(([scenario, outcome]) => ({
    ...{ scenario, outcome, about: scenario, did: 'it ended' },
    ...(outcome === 'breaks' && { because: { why: `of ${scenario}` } }),
  })),
  wire: [],
});

const HEAD = { org: 'prod', app: 'Portal', label: 'Portal', path: 'prod/Portal' } as const;
const conclusionOf = (today: ClientRun, declared: ClientRun): string =>
  clientConclusion({
    ...{ ...HEAD, platform: 'external-client-app', kind: 'private', declared },
    today: compared('prod', today, declared),
  });

describe('what becomes of a client after a plan', () => {
  it.each<[string, Record<string, ClientOutcome>, Record<string, ClientOutcome>, string]>([
    ['works on', {}, {}, 'Works today in prod, and after this plan.'],
    [
      'breaks',
      { idle: 'survives' },
      { idle: 'breaks' },
      'Works today in prod, breaks after this plan, because of idle.',
    ],
    [
      'breaks in what could not be tried today',
      { idle: 'not-evaluated' },
      { idle: 'breaks' },
      'Works today in prod, breaks after this plan, because of idle.',
    ],
    [
      'breaks in what does not happen today',
      {},
      { idle: 'breaks' },
      'Works today in prod, breaks after this plan, because of idle.',
    ],
    [
      'breaks in more than today',
      { revoked: 'breaks', idle: 'survives' },
      { revoked: 'breaks', idle: 'breaks' },
      'Breaks today in prod, and also after this plan, because of revoked.',
    ],
    ['is mended', { idle: 'breaks' }, { idle: 'survives' }, 'Breaks today in prod, and works after this plan.'],
  ])('that %s', (_, today, declared, said) => {
    expect(conclusionOf(run({ login: 'survives', ...today }), run({ login: 'survives', ...declared }))).toBe(said);
  });
});

it('a client that is taken to come from an allowlist: the conclusion says so', () => {
  const declared = { ...run({ login: 'survives' }), assumed_address: '203.0.113.1' };
  expect(clientConclusion({ ...HEAD, platform: 'external-client-app', kind: 'private', declared })).toBe(
    'The client works with the declared settings. Its address is assumed: 203.0.113.1, the first one of the IP allowlist of the app.',
  );
});

it('a device that asks for its codes was given no token', () => {
  const read = (form: Record<string, string>, body: object) =>
    new WireReader().read({
      operation: 'token',
      request: { query: new URLSearchParams(), headers: {}, body: Buffer.from(new URLSearchParams(form).toString()) },
      answer: { status: 200, body: JSON.stringify(body) },
    });
  expect(read({ response_type: 'device_code' }, { device_code: 'a', user_code: 'b' })).toEqual({
    operation: 'device_code',
    secret: 'none',
  });
  expect(read({ grant_type: 'device', code: 'a' }, { access_token: 'c' })).toMatchObject({ grant: 'device' });
});
