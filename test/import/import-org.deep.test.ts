import { importProgram } from '../../lib/import';
import type { ImportedProgram, ImportInput } from '../../lib/import/model';
import { readForImport } from '../../lib/operations/read-import';
import { importText } from '../../lib/reports/import';
import { type Bench, bench, SEED, TODAY } from '../operations/support';

let salesforce: Bench;
beforeAll(async () => {
  salesforce = await bench({ seedDir: SEED });
});
afterAll(async () => salesforce.close());

async function imported(more: Partial<ImportInput> = {}): Promise<ImportedProgram> {
  const org = await readForImport(salesforce.org, 'prod', 66);
  return importProgram({ orgs: [org], kinds: new Map(), keepAsIs: new Map(), today: TODAY, ...more });
}

const textOf = ({ files }: ImportedProgram): string => files.map(({ text }) => text).join('\n');

it('declares every app of the org by its kind, with what differs from the default alone', async () => {
  const text = textOf(await imported());
  expect(text).toContain("new PrivateClientApp(prod, 'Reporting', {");
  expect(text).toContain("permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Reporting_Access'] }),");
  expect(text).toContain('refreshTokens: RefreshTokenPolicy.expiresIfUnusedFor(Duration.days(7)),');
  expect(text).not.toContain('deviceFlow');
});

it('says what the first apply changes, and how to keep it', async () => {
  const text = textOf(await imported()).replace(/\n\s*\/\/ /g, ' ');
  expect(text).toContain(
    'Require Proof Key for Code Exchange (PKCE) (ExtlClntAppGlobalOauthSettings.isPkceRequired) is false; the first apply changes it to true: breaks clients that send no code_challenge.',
  );
  expect(text).toContain(
    "pkce: { required: false, justification: { reason: '', approvedBy: '', expires: '2027-11-21' } },",
  );
});

it('takes the kind that somebody states, and leaves out what somebody keeps as it is', async () => {
  const { apps, not_declared: left } = await imported({
    kinds: new Map([['Reporting', 'public']]),
    keepAsIs: new Map([['Legacy_Portal', 'it goes in June']]),
  });
  expect(apps.find(({ api_name: name }) => name === 'Reporting')).toMatchObject({
    kind: 'public',
    confidence: 'stated',
  });
  expect(left).toEqual([
    {
      org: 'prod',
      app: 'Legacy_Portal',
      platform: 'external-client-app',
      state: 'kept as it is',
      reason: 'it goes in June',
    },
  ]);
});

it('never says that nothing else changes where something is left to do, such as a certificate to bring', async () => {
  const program = { ...(await imported()), hardenings: [] };
  const said = (gaps: ImportedProgram['gaps']): string =>
    importText({ program: { ...program, gaps }, unread: [], folder: '.', orgs: ['prod'], fromFiles: false });
  expect(program.gaps).not.toEqual([]);
  expect(said(program.gaps)).toContain('Apart from the steps listed below, the first apply');
  expect(said([])).toContain('\nThe first apply adds');
});

describe('the apps of ten years of Setup', () => {
  let old: Bench;
  let program: ImportedProgram;
  beforeAll(async () => {
    old = await bench({ seedDir: 'ten-years' });
    const org = await readForImport(old.org, 'prod', 66);
    program = importProgram({ orgs: [org], kinds: new Map(), keepAsIs: new Map(), today: TODAY });
  });
  afterAll(async () => old.close());

  const fileOf = (name: string): string => program.files.find(({ path }) => path === `apps/${name}.ts`)?.text ?? '';

  it('are excused from nothing that they can do without', () => {
    const text = fileOf('payroll-export');
    expect(text).toMatch(/^ {4}clientCredentials: \{$/m);
    expect(text).not.toMatch(/^ {4}ipRelaxation:/m);
    expect(text).toContain('//   ipRelaxation: IpRelaxation.relax(');
  });

  it('are approved by an administrator where they are machines, and that is announced', () => {
    expect(fileOf('order-feed')).toContain('permittedUsers: PermittedUsers.preAuthorized({ permissionSets: [] }),');
    const announced = program.hardenings.filter(({ app }) => app === 'Order_Feed').map(({ change }) => change.field);
    expect(announced).toContain('permittedUsersPolicyType');
  });

  it('are reported together where the same is said of them', () => {
    const text = importText({ program, unread: [], folder: '.', orgs: ['prod'], fromFiles: false });
    expect(text).toMatch(/^ {2}Invoice_Robot, Order_Feed, Payroll_Export: clientCredentials needs a justification\./m);
    expect(text).not.toMatch(/ APP\b/);
    expect(text).toMatch(/or pass --allow-certificate-removal with\s+their names if no client/);
    const [, count, names = ''] = /^ {2}for all (\d+): --allow-certificate-removal (\S+)$/m.exec(text) ?? [];
    const removed = program.gaps.filter(({ remedy }) => remedy.includes('--allow-certificate-removal'));
    expect([Number(count), names.split(',')]).toEqual([removed.length, removed.map(({ app }) => app)]);
    expect(text.match(/isPkceRequired/g)).toHaveLength(2);
  });
});
