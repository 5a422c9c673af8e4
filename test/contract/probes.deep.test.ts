import type { EmulatorOptions, EmulatorSwitches } from '../../lib/emulator';
import { SWITCHES } from '../../lib/emulator/switches';
import { askAll, PROBES } from '../../scripts/contract/ask';
import { contractOrg } from '../../scripts/contract/org';
import type { SwitchName } from '../../scripts/contract/probe';
import { contractText } from '../../scripts/contract/report';
import { UNPROBED } from '../../scripts/contract/unprobed';
import { type Components, startOrg, stopOrgs } from '../emulator/support';

afterEach(stopOrgs);

/** What some probes need the org to be, beside the switch. */
const OTHERS: { readonly [Name in SwitchName]?: Partial<EmulatorSwitches> } = {
  // Whatever cannot be deleted on its own would stay.
  deleteCascades: { policiesDeletable: true },
  permissionSetLabelsOnRetrieve: { connectedAppCreation: true },
  twinNamesDeployable: { connectedAppCreation: true },
  firstDeployWritesNamedPolicies: { firstDeployNamesPolicies: false },
  forcedFlagsWarn: { secureFlagsForced: true },
  finalizingStatus: { unfinishedPolls: 1 },
};

/** Without it there is nothing to stage credentials by. */
const SECRETS_READABLE: Components = [
  ['ExternalClientAppSettings', 'ExternalClientApp', { enableClientSecretInRestApiAccess: true }],
];
const OF_SECRETS: readonly SwitchName[] = ['stagingAnswersOne', 'auditTrailOfCredentials'];

/** A Connected App, and what the org needs for it. */
const LEGACY: Components = [
  ['PermissionSet', 'Feed_Access', { label: 'Feed Access' }],
  [
    'ConnectedApp',
    'Legacy',
    {
      contactEmail: 'a@acme.example',
      label: 'Legacy',
      oauthConfig: { callbackUrl: 'https://a.example', isAdminApproved: true, scopes: ['Api'] },
      permissionSetName: ['Feed_Access'],
    },
  ],
];

/** Two positions of a switch. */
const positionsOf = (name: SwitchName): readonly unknown[] => {
  const positions: { readonly [Name in SwitchName]?: readonly unknown[] } = {
    auditTrailNamesApps: ['name', 'label', 'nothing'],
    finalizingStatus: ['none', 'Finalizing', 'FinalizingDeploy'],
    retiredVersionStatus: [404, 410],
    latestApiVersion: [66, 68],
  };
  return positions[name] ?? [false, true];
};

it('every switch has a probe, or the reason why there is none, and not both', () => {
  const answered = [...Object.keys(PROBES), ...Object.keys(UNPROBED)].sort();
  expect(answered).toEqual(Object.keys(SWITCHES).sort());
  // Most of them can be asked: this is no list of excuses.
  expect(Object.keys(UNPROBED).length).toBeLessThanOrEqual(18);
});

const CASES = (Object.keys(PROBES) as readonly SwitchName[]).flatMap((name) =>
  positionsOf(name).map((position) => [name, position] as const),
);

it.each(CASES)('the probe of %s sees %s', async (name, position) => {
  const switches = { ...OTHERS[name], [name]: position } as EmulatorOptions['switches'];
  // Where a probe may write: nowhere else than in a sandbox.
  const org = await startOrg({ sandbox: 'contract', ...(switches && { switches }) });
  const asked = contractOrg({ instanceUrl: org.url, accessToken: org.accessToken });
  if (OF_SECRETS.includes(name)) await org.deploy([...SECRETS_READABLE]);
  if (OTHERS[name]?.connectedAppCreation === true) for (const one of LEGACY) await org.deploy([one]);
  const before = (await org.retrieve({ ExternalClientApplication: ['*'] })).files.size;
  expect(await PROBES[name]?.ask(asked)).toEqual({ is: position });
  // Nothing of a probe stays.
  expect((await org.retrieve({ ExternalClientApplication: ['*'] })).files.size).toBe(before);
});

it('asks only as far as it may, and says what it left out', async () => {
  const org = await startOrg();
  const facts = await askAll(contractOrg({ instanceUrl: org.url, accessToken: org.accessToken }), 'read');
  expect(facts.map(({ fact }) => fact)).toEqual(Object.keys(SWITCHES));
  expect(facts.find(({ fact }) => fact === 'deleteCascades')?.open).toBe('asked with --write only');
  expect(facts.find(({ fact }) => fact === 'latestApiVersion')).toMatchObject({ answer: 68, agrees: true });
  expect(org.calls().some(({ operation }) => operation === 'deploy')).toBe(false);
  const text = contractText({ format_version: '1.0', org: 'uat.example', facts });
  expect(text).toContain("  latestApiVersion: uat.example says 68; the emulator's default is 68");
  expect(text).toMatch(/uat\.example: \d+ of \d+ open facts answered, 0 otherwise than assumed\.\n$/);
});

it('a probe says what it could not take away again', async () => {
  const org = await startOrg({ switches: { deleteCascades: false } });
  const asked = contractOrg({ instanceUrl: org.url, accessToken: org.accessToken });
  const left = 'the app Zz_Contract_Probe: delete it in Setup';
  expect(await PROBES.deleteCascades?.ask(asked)).toEqual({ is: false, left });
  const facts = [{ fact: 'deleteCascades', about: 'x', default: true, answer: false, agrees: false, left }] as const;
  const text = contractText({ format_version: '1.0', org: 'uat.example', facts });
  expect(text).toContain("! deleteCascades: uat.example says false; the emulator's default is true\n    x\n");
  expect(text).toContain(`! deleteCascades left behind: ${left}`);
});

it('a probe whose answers are lost says that its app may be there', async () => {
  const org = await startOrg();
  const asked = contractOrg({ instanceUrl: org.url, accessToken: org.accessToken });
  // The org takes the deploy, and answers nothing from then on.
  org.faults.failNext({ operation: 'deploy' }, { kind: 'drop-after' });
  org.faults.failNext({ operation: 'deploy' }, { kind: 'drop' });
  const answer = await PROBES.deleteCascades?.ask(asked);
  expect(answer).toMatchObject({ open: expect.stringContaining('the probe failed') as string });
  expect(answer?.left).toBe('perhaps the app Zz_Contract_Probe: look in Setup');
});

it('a refusal of the user, or of the session, is no answer of the org', async () => {
  const org = await startOrg();
  const asked = contractOrg({ instanceUrl: org.url, accessToken: org.accessToken });
  const error = { kind: 'api-error', code: 'INSUFFICIENT_ACCESS', message: 'no', status: 403 } as const;
  org.faults.failNext({ operation: '*' }, error, 1000);
  for (const { fact, answer } of await askAll(asked, 'read')) expect([fact, answer]).toEqual([fact, undefined]);
});
