import { readdirSync, readFileSync } from 'node:fs';

import type { ProgramFile } from '../../lib/import/model';
import { type Project, project } from '../cli/support';
import { removeTemporaryFolders } from '../constructs/support';
import { filledIn, manifestsOf, spoken, withoutComments } from './run-program';

const TODAY = '2026-11-21';

let here: Project;
beforeAll(() => {
  here = project();
});
afterAll(() => {
  here.remove();
  removeTemporaryFolders();
});

interface Report {
  readonly apps: readonly { readonly api_name: string; readonly kind: string; readonly confidence: string }[];
  readonly hardenings: readonly { readonly app: string }[];
  readonly gaps: readonly { readonly app: string; readonly remedy: string }[];
}

/** The files of an import, from its folder. */
const filesOf = (folder: string): readonly ProgramFile[] =>
  readdirSync(here.path(folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => `${parentPath}/${name}`.slice(here.path(folder).length + 1))
    .sort()
    .map((path) => ({ path, text: readFileSync(here.path(folder, path), 'utf8') }));

async function imported(folder: string): Promise<Report> {
  const { code, stdout } = await here.run(`import prod --local --seed ten-years --out ${folder} --json`);
  expect(code).toBe(0);
  return JSON.parse(stdout) as Report;
}

/** Each item of the report, on one line, with the names of apps in it as APP. */
function items(text: string, section: string, names: readonly string[]): readonly string[] {
  const [, body = ''] = new RegExp(`^${section}:\\n((?: .*\\n)+)`, 'm').exec(text) ?? [];
  const whole = body
    .replaceAll(/\n {3,}/g, ' ')
    .split('\n')
    .filter((line) => line !== '');
  return whole.map((line) =>
    names.reduce((said, name) => said.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), 'APP'), line.replace(/^.*?: /, '')),
  );
}

describe('sixty apps of ten years, by the commands that people run', () => {
  let report: Report;
  let names: readonly string[];
  beforeAll(async () => {
    report = await imported('clients');
    names = report.apps.map(({ api_name: name }) => name);
    const [manifest] = manifestsOf(filledIn(filesOf('clients')), TODAY);
    here.write('manifest.json', JSON.stringify(manifest));
  });

  const client = (command: string) => here.run(`${command} --local --manifest manifest.json`);
  const withoutCertificates = (): string =>
    report.gaps
      .filter(({ remedy }) => remedy.includes('--allow-certificate-removal'))
      .map(({ app }) => `--allow-certificate-removal ${app}`)
      .join(' ');

  it('say of each kind that is not certain from what it was inferred', () => {
    const files = filesOf('clients');
    const guessed = report.apps.filter(({ confidence }) => confidence !== 'high' && confidence !== 'stated');
    expect(guessed.length).toBeGreaterThan(10);
    for (const { api_name: name, kind, confidence } of guessed) {
      const own = files.filter(({ text }) => text.includes(`(org, '${name}', {`));
      expect([name, own.length]).toEqual([name, 1]);
      expect(spoken(own)).toContain(`Kind ${kind}, with ${confidence} confidence (`);
      expect(spoken(own)).toContain(`client-apps import --kind ${name}=`);
    }
  });

  it('say once what is the same of several apps: changes, what is to do, and what is left out', async () => {
    const { stdout } = await here.run('import prod --local --out told');
    for (const section of ['The first apply changes', 'To do before the first apply', 'Not declared']) {
      const said = items(stdout, section, names);
      expect(said.length).toBeGreaterThan(2);
      expect([section, said.filter((each, index) => said.indexOf(each) !== index)]).toEqual([section, []]);
    }
  });

  it('have each note of the plan once, with all the apps that it is about', async () => {
    const { stdout } = await client('plan');
    const notes = [...stdout.matchAll(/^ {2}note: (\S+?): (.*)$/gm)];
    const said = notes.map(([, , text = '']) => text.replace(/^\d+ apps \(.*?\)/, ''));
    expect(said.filter((each, index) => said.indexOf(each) !== index)).toEqual([]);
    const adopted = notes.filter(([, , text = '']) => text.includes('[adopts-app]'));
    expect(adopted.map(([, , text = '']) => /^(\d+) apps/.exec(text)?.[1])).toEqual([String(names.length)]);
    expect(stdout.match(/\[certificate-unknown\]/g)).toHaveLength(1);
  });

  it('change nothing of an app that is secure', () => {
    const changed = new Set(report.hardenings.map(({ app }) => app));
    const secure = names.filter((name) => /^(Secure|Good)_/.test(name));
    expect(secure).toEqual(expect.arrayContaining(['Secure_Portal', 'Secure_Mobile', 'Good_Citizen']));
    expect(['Secure_Portal', 'Secure_Mobile', 'Good_Citizen'].filter((name) => changed.has(name))).toEqual([]);
  });

  it('are applied, and imported again the same, with nothing left to change', async () => {
    const applied = await client(`apply --auto-approve --allow widens --fail-on none ${withoutCertificates()}`);
    expect([applied.code, applied.stderr]).toEqual([0, expect.not.stringContaining('error')]);
    const { code, stdout } = await client('plan --detailed-exitcode');
    expect([code, stdout]).toEqual([0, expect.stringContaining('Nothing to apply')]);
    const again = await imported('again');
    expect(again.hardenings).toEqual([]);
    expect(withoutComments(filesOf('again'))).toEqual(withoutComments(filesOf('clients')));
  });
});
