import { importProgram } from '../../lib/import';
import type { ImportedProgram } from '../../lib/import/model';
import type { ObservedApp } from '../../lib/metadata/observed';
import { removeTemporaryFolders } from '../constructs/support';
import { portal, withoutOwner } from './portal';
import { orgOf } from './random-orgs';
import { filledIn, manifestsOf, problemsOf, spoken } from './run-program';

const TODAY = '2026-11-21';
afterAll(removeTemporaryFolders);

const imported = (orgs: Readonly<Record<string, readonly ObservedApp[]>>): ImportedProgram =>
  importProgram({
    orgs: Object.entries(orgs).map(([name, apps]) => ({
      name,
      apiVersion: 66,
      observed: orgOf(apps.map(withoutOwner)),
    })),
    kinds: new Map(),
    keepAsIs: new Map(),
    today: TODAY,
  });

const fileOf = ({ files }: ImportedProgram, path: string): string =>
  files.find((file) => file.path === path)?.text ?? '';

const dev = { callbackUrl: ['https://portal.dev.acme.example/callback'] };

describe('several orgs', () => {
  it('share one declaration, which states what differs for each of them', () => {
    const program = imported({ prod: [portal()], dev: [portal({ consumer: dev })] });
    expect(program.files.map(({ path }) => path)).toEqual(['clients.ts', 'apps/portal.ts']);
    expect(fileOf(program, 'clients.ts')).toContain('  portal(prod);');
    expect(fileOf(program, 'clients.ts')).toContain('  portal(dev);');
    expect(fileOf(program, 'apps/portal.ts')).toContain(`callbackUrls: PerOrg.of({
      prod: ['https://portal.acme.example/callback'],
      dev: ['https://portal.dev.acme.example/callback'],
    }),`);
    expect(program.hardenings).toEqual([]);
    expect(problemsOf([program.files])).toEqual([]);
    const manifests = manifestsOf(filledIn(program.files), TODAY);
    expect(manifests.map(({ id, apps }) => [id, apps.length])).toEqual([
      ['client-apps-prod/prod', 1],
      ['client-apps-dev/dev', 1],
    ]);
  });

  it('get the value of the first org where an option cannot differ, and the comment names the other org', () => {
    const program = imported({ prod: [portal()], dev: [portal({ policies: { sessionTimeoutInMinutes: 30 } })] });
    expect(program.hardenings.map(({ org, option, change }) => [org, option, change.field])).toEqual([
      ['dev', 'accessTokens', 'sessionTimeoutInMinutes'],
    ]);
    expect(spoken(program.files)).toContain(
      'In dev: Session timeout (minutes) (ExtlClntAppOauthConfigurablePolicies.sessionTimeoutInMinutes) is 30; the first apply changes it to 60',
    );
  });

  it('say once what is the same in all of them', () => {
    const weak = () => portal({ consumer: { isPkceRequired: false } });
    const text = spoken(imported({ prod: [weak()], dev: [weak()] }).files);
    expect(text).toContain('In prod and dev: Require Proof Key for Code Exchange');
    expect(text.split('Require Proof Key').length - 1).toBe(1);
  });

  it('declare an app where it is', () => {
    const program = imported({ prod: [portal()], dev: [portal(), portal({}, 'Trial')] });
    expect(fileOf(program, 'clients.ts')).not.toContain('trial(prod)');
    expect(fileOf(program, 'clients.ts')).toContain('trial(dev)');
  });
});

it('an org of many apps has a file for each, and names that nobody else has', () => {
  const names = [
    'Class',
    'App',
    'Org',
    'Prod',
    'Portal_A',
    'PortalA',
    'constructor',
    'toString',
    'toStringApp',
    'hasOwnProperty',
    'await',
    'eval',
    'arguments',
    'new',
    'undefined',
    'x'.repeat(80),
    ...Array.from({ length: 10 }, (_, n) => `App${n}`),
  ];
  const program = imported({ prod: names.map((name) => portal({}, name)) });
  const paths = program.files.map(({ path }) => path.toLowerCase());
  expect(new Set(paths).size).toBe(names.length + 1);
  expect(problemsOf([program.files])).toEqual([]);
  const [manifest] = manifestsOf(program.files, TODAY);
  expect(manifest?.apps.map(({ api_name: name }) => name).sort()).toEqual([...names].sort());
});

it('an app that is managed as code by somebody else is not declared a second time', () => {
  const { not_declared: left } = importProgram({
    orgs: [{ name: 'uat', apiVersion: 66, observed: orgOf([portal()]) }],
    kinds: new Map(),
    keepAsIs: new Map(),
    today: TODAY,
  });
  expect(left).toMatchObject([{ app: 'Portal', reason: 'it is managed as code by client-apps-prod/prod already' }]);
});
