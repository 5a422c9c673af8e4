import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { EmulatorSwitches } from '../../lib/emulator';
import { cleanUp, failureOf, open, serve, startOrg, temporaryFolder, tokenOf } from './support';

afterEach(cleanUp);

async function start(orgJson: object, switches: Partial<EmulatorSwitches> = {}) {
  const seedDir = temporaryFolder();
  writeFileSync(join(seedDir, 'org.json'), JSON.stringify(orgJson));
  const emulator = await startOrg({ seedDir, switches });
  return { emulator, org: await open(tokenOf(emulator)) };
}

const operations = ({ calls }: { calls: () => readonly { readonly operation: string }[] }): readonly string[] =>
  calls().map(({ operation }) => operation);

describe('Apex classes', () => {
  const seed = {
    namespace: 'own',
    apexClasses: [
      { name: 'Handler', namespace: 'acme', status: 'Deleted' },
      { name: 'Handler', namespace: 'own' },
      { name: 'Plain', valid: false },
      { name: 'Unasked' },
    ],
  };

  test('are read in one call, by name, with those of every namespace', async () => {
    const { emulator, org } = await start(seed);
    const before = operations(emulator).length;
    const { classes, unread } = await org.apexClasses(['acme__handler', 'own.Handler', 'Handler', 'PLAIN', 'Nowhere']);
    expect(operations(emulator).slice(before)).toEqual(['composite']);
    expect([...(classes ?? [])].sort(([a], [b]) => a.localeCompare(b))).toEqual([
      ['acme__handler', { name: 'acme__Handler', isActive: false, isValid: true }],
      // A class of the org's own namespace is meant with it and without it.
      ['handler', { name: 'own__Handler', isActive: true, isValid: true }],
      ['own__handler', { name: 'own__Handler', isActive: true, isValid: true }],
      ['plain', { name: 'Plain', isActive: true, isValid: false }],
    ]);
    expect(unread).toEqual([]);
  });

  test('of a package are not those of the org, however alike their names', async () => {
    const { org } = await start({ apexClasses: [{ name: 'Handler', namespace: 'acme' }] });
    const { classes } = await org.apexClasses(['Handler']);
    expect([...(classes?.keys() ?? [])]).toEqual(['acme__handler']);
  });

  test('are as many as there are, in few calls', async () => {
    const names = Array.from({ length: 700 }, (_, n) => `Handler_${n}_with_a_name_of_some_length`);
    const { emulator, org } = await start({ apexClasses: names.map((name) => ({ name })) });
    const before = operations(emulator).length;
    expect((await org.apexClasses(names)).classes?.size).toBe(700);
    expect(operations(emulator).slice(before)).toEqual(['composite']);
  });

  test('that the connected user may not see are unknown, which is not the same as missing', async () => {
    const { org } = await start(seed, { apexClassesQueryable: false });
    const { classes, unread } = await org.apexClasses(['Plain']);
    expect(classes).toBeUndefined();
    expect(unread).toEqual(["Apex classes: INVALID_TYPE: sObject type 'ApexClass' is not supported."]);
  });

  test('nobody names cost no call', async () => {
    const { emulator, org } = await start(seed);
    const before = operations(emulator).length;
    expect((await org.apexClasses([])).classes?.size).toBe(0);
    expect(operations(emulator).length).toBe(before);
  });

  test('in rows of another shape are an error, and never no class', async () => {
    const url = await serve((request, response) => {
      request.resume();
      const row = (referenceId: string, records: object[]) => ({
        referenceId,
        httpStatusCode: 200,
        body: { totalSize: 1, done: true, records },
      });
      const body = { compositeResponse: [row('organization', [{}]), row('classes0', [{ Name: 'Plain' }])] };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    const org = await open({ kind: 'access-token', accessToken: '00D000000000001!x', instanceUrl: url });
    expect(await failureOf(org.apexClasses(['Plain']))).toMatchObject({ kind: 'answer' });
  });
});

describe('certificates', () => {
  const seed = {
    certificates: [
      { name: 'Devices', id: '0P1000000000001', expires: '2027-03-01' },
      { name: 'Endless', id: '0P1000000000002' },
    ],
  };

  test('are read in one call of the Tooling API', async () => {
    const { emulator, org } = await start(seed);
    const before = operations(emulator).length;
    expect(await org.certificates()).toEqual({
      certificates: [
        { id: '0P1000000000001CAA', name: 'Devices', expires: '2027-03-01' },
        { id: '0P1000000000002CAA', name: 'Endless' },
      ],
      unread: [],
    });
    expect(operations(emulator).slice(before)).toEqual(['toolingQuery']);
  });

  test('that the connected user may not see are unknown', async () => {
    const { org } = await start(seed, { certificatesQueryable: false });
    const { certificates, unread } = await org.certificates();
    expect(certificates).toBeUndefined();
    expect(unread).toEqual([expect.stringMatching(/^certificates: .*'Certificate' is not supported/)]);
  });

  test('are not unknown but an error where the session ended', async () => {
    const { emulator, org } = await start(seed);
    emulator.faults.failNext({ operation: 'toolingQuery' }, { kind: 'invalid-session' }, 5);
    expect(await failureOf(org.certificates())).toMatchObject({ kind: 'login' });
  });

  test('in an answer of another shape are an error', async () => {
    const url = await serve((request, response) => {
      request.resume();
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"records":[]}');
    });
    const org = await open({ kind: 'access-token', accessToken: '00D000000000001!x', instanceUrl: url });
    expect(await failureOf(org.certificates())).toMatchObject({ kind: 'answer' });
  });
});
