import { writeFileSync } from 'node:fs';

import JSZip from 'jszip';

import type { Audit } from '../../lib/operations/audit';
import type { CheckReport } from '../../lib/policy/report';
import { type Project, project } from './support';

let at: Project;
beforeEach(() => {
  at = project();
});
afterEach(() => at.remove());

const connectedApp = (inside: string, root = ''): string =>
  `<ConnectedApp><label>x</label>${root}<oauthConfig><callbackUrl>https://a.example/cb</callbackUrl>` +
  `${inside}<scopes>Api</scopes></oauthConfig></ConnectedApp>`;
const consumer = (pkce: boolean): string =>
  `<ExtlClntAppGlobalOauthSettings><externalClientApplication>A</externalClientApplication>` +
  `<isPkceRequired>${pkce}</isPkceRequired></ExtlClntAppGlobalOauthSettings>`;
const header = (label: string): string =>
  `<ExternalClientApplication><label>${label}</label></ExternalClientApplication>`;
const orgSettings = (pkce: boolean): string =>
  `<OauthOidcSettings><isPkceRequired>${pkce}</isPkceRequired></OauthOidcSettings>`;

async function audit(source: string): Promise<Audit> {
  const { stdout, stderr } = await at.run(`audit --source ${source} --format json`);
  if (stdout === '') throw new Error(stderr);
  const [found] = (JSON.parse(stdout) as { audits: Audit[] }).audits;
  if (!found) throw new Error('no audit');
  return found;
}

const named = ({ reports }: Audit, name: string): readonly CheckReport[] =>
  reports.filter(({ subject }) => subject.type === 'app' && subject.api_name === name);
const outcome = (report: CheckReport | undefined, control: string): string | undefined =>
  report?.results.find((each) => each.control === control)?.outcome;

describe('a repository with the metadata of several orgs', () => {
  beforeEach(() => {
    for (const [org, pkce] of [
      ['dev', false],
      ['prod', true],
    ] as const) {
      at.write(`repo/${org}/externalClientApps/A.eca`, header(org));
      at.write(`repo/${org}/extlClntAppGlobalOauthSets/A_${org}.ecaGlblOauth`, consumer(pkce));
      at.write(`repo/${org}/connectedApps/C.connectedApp`, connectedApp(`<isPkceRequired>${pkce}</isPkceRequired>`));
      at.write(`repo/${org}/settings/OauthOidc.settings`, orgSettings(pkce));
    }
  });

  it('has every app judged once for each of them, by its own files', async () => {
    const found = await audit('repo');
    expect(named(found, 'A').map((report) => outcome(report, 'SFCA-ECA-PKCE'))).toEqual(['fail', 'pass']);
    expect(named(found, 'A').map(({ places }) => places?.subject?.file)).toEqual([
      'repo/dev/externalClientApps/A.eca',
      'repo/prod/externalClientApps/A.eca',
    ]);
    expect(named(found, 'C').map((report) => outcome(report, 'SFCA-CA-PKCE'))).toEqual(['fail', 'pass']);
  });

  it('has no org settings that could be judged, and is told so', async () => {
    const found = await audit('repo');
    expect(found.reports.some(({ subject }) => subject.type === 'org')).toBe(false);
    expect(found.unread).toEqual([
      {
        path: 'repo/prod/settings/OauthOidc.settings',
        reason: 'repo/dev/settings/OauthOidc.settings defines it differently',
      },
    ]);
  });

  it('is judged by org settings that are the same for all', async () => {
    at.write('repo/prod/settings/OauthOidc.settings', orgSettings(false));
    const found = await audit('repo');
    expect(found.reports.filter(({ subject }) => subject.type === 'org')).toHaveLength(1);
    expect(found.unread).toEqual([]);
  });

  it('gives fingerprints that do not repeat', async () => {
    const { stdout } = await at.run('audit --source repo --format sarif');
    const log = JSON.parse(stdout) as { runs: { results: { partialFingerprints: Record<string, string> }[] }[] };
    const prints = (log.runs[0]?.results ?? []).map(({ partialFingerprints }) => partialFingerprints['clientApps/v1']);
    expect(new Set(prints).size).toBe(prints.length);
  });
});

it('a project with several package directories is one, also where its project file is broken', async () => {
  at.write('repo/sfdx-project.json', '{"packageDirectories":[{"path":"core"},');
  at.write('repo/core/main/default/externalClientApps/A.eca-meta.xml', header('A'));
  at.write('repo/policies/main/default/extlClntAppGlobalOauthSets/A_x.ecaGlblOauth-meta.xml', consumer(true));
  const found = await audit('repo');
  expect(named(found, 'A').map((report) => outcome(report, 'SFCA-ECA-PKCE'))).toEqual(['pass']);
});

it.each([
  ['ConnectedApps/B.ConnectedApp', 'connectedApps/B.connectedApp'],
  ['connectedApps/B.CONNECTEDAPP', 'connectedApps/B.connectedApp'],
  ['connectedApps/B.connectedApp-META.XML', 'connectedApps/B.connectedApp'],
  ['apps/B.eca', 'externalClientApps/B.eca'],
  ['settings/oauthoidc.settings', 'settings/OauthOidc.settings'],
])('%s, which Salesforce would not find, is told and not judged', async (path, meant) => {
  at.write('repo/connectedApps/A.connectedApp', connectedApp(''));
  at.write(`repo/${path}`, connectedApp(''));
  const found = await audit('repo');
  expect(found.reports).toHaveLength(1);
  expect(found.unread).toEqual([
    { path: `repo/${path}`, reason: `Salesforce reads it from ${meant} only; upper and lower case count` },
  ]);
});

it('settings of other parts of an org are none of its business', async () => {
  at.write('repo/connectedApps/A.connectedApp', connectedApp(''));
  at.write('repo/settings/Account.settings', '<AccountSettings/>');
  expect((await audit('repo')).unread).toEqual([]);
});

describe('a Connected App', () => {
  const judged = async (text: string): Promise<{ readonly audit: Audit; readonly report: CheckReport | undefined }> => {
    at.write('repo/connectedApps/A.connectedApp', text);
    const found = await audit('repo');
    return { audit: found, report: found.reports[0] };
  };

  it.each([
    ['scopes inside an element of their own', connectedApp('<scopes><scope>Full</scope></scopes>'), 'SFCA-CA-SCOPES'],
    [
      'a switch twice',
      connectedApp('<isPkceRequired>true</isPkceRequired><isPkceRequired>false</isPkceRequired>'),
      'SFCA-CA-PKCE',
    ],
    [
      'a section twice',
      connectedApp('', '<oauthConfig><isPkceRequired>true</isPkceRequired></oauthConfig>'),
      'SFCA-CA-PKCE',
    ],
    [
      'a switch of another namespace',
      connectedApp('<x:isPkceRequired xmlns:x="urn:x">true</x:isPkceRequired>'),
      'SFCA-CA-PKCE',
    ],
    ['text in a section', connectedApp('true'), 'SFCA-CA-PKCE'],
    [
      'a timeout that is no number',
      connectedApp('', '<sessionPolicy><sessionTimeout>3e1</sessionTimeout></sessionPolicy>'),
      'SFCA-CA-PKCE',
    ],
  ])('with %s neither passes nor fails, and is listed with its line', async (_what, text, control) => {
    const { audit: found, report } = await judged(text);
    expect(outcome(report, control)).toBe('not-evaluated');
    expect(found.unread).toEqual([
      { path: 'repo/connectedApps/A.connectedApp', reason: expect.stringMatching(/^line 1: </) as unknown },
    ]);
  });

  it('whose OAuth section says that it has no value has no OAuth', async () => {
    const nil = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"';
    const { report } = await judged(`<ConnectedApp><label>x</label><oauthConfig ${nil}/></ConnectedApp>`);
    expect(outcome(report, 'SFCA-CA-PKCE')).toBe('not-applicable');
  });

  it.each(['30', '+30', '0030', ' 30\n'])('with the session timeout "%s" has one', async (written) => {
    const policy = `<sessionPolicy><sessionTimeout>${written}</sessionTimeout></sessionPolicy>`;
    const { report } = await judged(connectedApp('', policy));
    expect(outcome(report, 'SFCA-CA-SESSION-TIMEOUT')).toBe('pass');
  });
});

it('a record that names no app is listed', async () => {
  at.write(
    'repo/extlClntAppPolicies/P.ecaPlcy',
    '<ExtlClntAppConfigurablePolicies><isEnabled>true</isEnabled></ExtlClntAppConfigurablePolicies>',
  );
  expect((await audit('repo')).unread).toEqual([
    { path: 'repo/extlClntAppPolicies/P.ecaPlcy', reason: 'it names no external client app' },
  ]);
});

describe('a zip', () => {
  const zipped = async (files: Readonly<Record<string, string | Buffer>>): Promise<string> => {
    const zip = new JSZip();
    for (const [path, content] of Object.entries(files)) zip.file(path, content);
    writeFileSync(at.path('repo.zip'), await zip.generateAsync({ type: 'nodebuffer' }));
    return 'repo.zip';
  };

  it('with folders, zips and the like in it is read for its metadata', async () => {
    const inner = await new JSZip()
      .file('connectedApps/Inner.connectedApp', connectedApp(''))
      .generateAsync({ type: 'nodebuffer' });
    const zip = new JSZip().file('pkg/connectedApps/A.connectedApp', connectedApp('')).file('pkg/old.zip', inner);
    zip.folder('pkg/connectedApps/Folder.connectedApp');
    zip.file('node_modules/x/connectedApps/Odd.foo-meta.xml', '<a/>');
    writeFileSync(at.path('repo.zip'), await zip.generateAsync({ type: 'nodebuffer' }));
    const found = await audit('repo.zip');
    expect(found.reports.map(({ subject }) => subject.type === 'app' && subject.api_name)).toEqual(['A']);
    expect(found.unread).toEqual([]);
  });

  it('with a file that unpacks to a thousand times its size is read without that file', async () => {
    const zip = new JSZip().file('connectedApps/A.connectedApp', connectedApp(''));
    zip.file('connectedApps/Bomb.connectedApp', ' '.repeat(50_000_000));
    writeFileSync(at.path('repo.zip'), await zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' }));
    const found = await audit('repo.zip');
    expect(outcome(named(found, 'A')[0], 'SFCA-CA-PKCE')).toBe('fail');
    expect(found.unread).toEqual([
      { path: 'repo.zip/connectedApps/Bomb.connectedApp', reason: 'it unpacks to more than 8388608 bytes' },
    ]);
  });

  it('with paths as Windows writes them is read', async () => {
    const found = await audit(await zipped({ 'connectedApps\\A.connectedApp': connectedApp('') }));
    expect(named(found, 'A')).toHaveLength(1);
  });

  it('with one path in both ways is refused: tools differ in which they take', async () => {
    const source = await zipped({ 'connectedApps\\A.connectedApp': 'a', 'connectedApps/A.connectedApp': 'b' });
    const { code, stderr } = await at.run(`audit --source ${source}`);
    expect(code).toBe(1);
    expect(stderr).toContain('twice');
  });
});

describe('a file in another encoding than UTF-8', () => {
  const inEncoding = (encoding: string, bytes: (text: string) => Uint8Array): void =>
    at.write(
      'repo/connectedApps/Old.connectedApp',
      bytes(
        `<?xml version="1.0" encoding="${encoding}"?>${connectedApp('<isPkceRequired>false</isPkceRequired>').replace('>x<', '>Büro<')}`,
      ),
    );

  it.each([
    ['ISO-8859-1', 'latin1'],
    ['windows-1252', 'latin1'],
    ['UTF-8', 'utf8'],
  ] as const)('is read by its XML declaration: %s', async (encoding, buffer) => {
    inEncoding(encoding, (text) => Buffer.from(text, buffer));
    const found = await audit('repo');
    expect(found.unread).toEqual([]);
    const [app] = named(found, 'Old');
    expect(app?.subject).toMatchObject({ label: 'Büro' });
    expect(outcome(app, 'SFCA-CA-PKCE')).toBe('fail');
  });

  it.each([
    ['US-ASCII', 'latin1', 'it is not valid US-ASCII text'],
    ['UTF-8', 'latin1', 'it is not valid UTF-8 text'],
    ['EUC-JP', 'latin1', 'the encoding EUC-JP is not supported, only UTF-8, ISO-8859-1, Windows-1252 and US-ASCII'],
  ] as const)(
    'is unread, with the reason, where its bytes are something else: %s',
    async (encoding, buffer, reason) => {
      inEncoding(encoding, (text) => Buffer.from(text, buffer));
      expect((await audit('repo')).unread).toEqual([{ path: 'repo/connectedApps/Old.connectedApp', reason }]);
    },
  );
});
