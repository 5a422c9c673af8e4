import { PermittedUsers, PrivateClientApp, PublicClientApp, type SalesforceOrg, Scope } from '../../constructs';
import type { Emulator } from '../../lib/emulator';
import { programToRead } from '../../scripts/command-reference';
import { columnsOf } from '../columns';
import { fastOrg, login, org, portal, type Project, project, runCommand, switchPkceOff } from './support';

const WIDTHS = [60, 80, 100, 140, 200];

// eslint-disable-next-line no-control-regex -- those are meant
const uncolored = (text: string): string => text.replace(/\u001b\[[0-9;]*m/g, '');

/** The line that changes is drawn over itself. */
const withoutProgress = (text: string): string =>
  text
    .split('\r\u001b[2K')
    .filter((part, index) => index === 0 || part.includes('\n'))
    .join('');

const tooLong = (text: string, width: number): readonly string[] =>
  uncolored(text)
    .split('\n')
    .filter((line) => columnsOf(line) > width);

/** What is said, in whichever order and on whichever lines: every character but blanks and the semicolons between values. */
const characters = (text: string): string => Array.from(uncolored(text).replace(/[\s;]/g, '')).sort().join('');

const NAMES = {
  Wide: '客户门户网站 顧客ポータル 고객 포털',
  Emoji: 'Rockets 🚀🚀👩🏽‍💻 and flags 🇨🇭🇯🇵',
  Hebrew: 'שער הלקוחות של אקמה',
  Combining: 'Cafe\u0301 Zu\u0308rich n\u0303an\u0303a',
  Long: 'Partner portal of the subsidiaries in the north and in the south of the country',
};

const combining = (parent: SalesforceOrg): PublicClientApp =>
  new PublicClientApp(parent, 'Mobile', {
    label: NAMES.Combining,
    callbackUrls: ['com.acme.mobile://callback'],
    scopes: [Scope.API],
    permittedUsers: PermittedUsers.selfAuthorized(),
  });

describe.each(WIDTHS)('at %i columns', (width) => {
  let here: Project;
  let salesforce: Emulator;
  let environment: Readonly<Record<string, string>>;
  const shown = async (line: string, columns: number): Promise<string> =>
    (await here.run(line, { environment, columns })).stdout;

  beforeAll(async () => {
    here = project();
    salesforce = await fastOrg({ seedDir: 'ten-years' });
    environment = login(salesforce);
    here.synth((stack) => {
      const parent = org(stack);
      portal(parent);
      for (const [id, label] of Object.entries(NAMES).slice(0, 3)) {
        new PublicClientApp(parent, id, {
          label,
          description: `${label}, ${'a sentence that is longer than one line of a terminal '.repeat(3)}`,
          callbackUrls: [`https://${id.toLowerCase()}.acme.example/${'very-long-path/'.repeat(8)}callback`],
          scopes: [Scope.API],
          permittedUsers: PermittedUsers.selfAuthorized(),
        });
      }
      combining(parent);
    });
    expect((await here.run('apply --auto-approve', { environment })).code).toBe(0);
    await switchPkceOff(salesforce);
    here.synth((stack) => {
      const parent = org(stack);
      portal(parent);
      new PrivateClientApp(parent, 'N2345678901234567890123456789', {
        label: NAMES.Long,
        callbackUrls: ['https://long.acme.example/callback'],
        scopes: [Scope.API, Scope.OPENID],
        permittedUsers: PermittedUsers.selfAuthorized(),
      });
      combining(parent);
    });
    await here.run('plan --out plan.json', { environment });
  });
  afterAll(async () => {
    await salesforce.close();
    here.remove();
  });

  it.each([
    'plan',
    'plan --verbose',
    'plan --with-usage',
    'show plan.json',
    'drift',
    'drift --unknown-apps',
    'audit',
    'audit --by control',
    'outputs',
    'doctor',
    'prove',
    'prove --verbose',
    'explain SFCA-ECA-PKCE',
    'explain isPkceRequired',
    'explain callbackUrls',
    'explain --list',
    'incident Mobile --plan',
    'stop Mobile --dry-run',
    'destroy --dry-run',
    'schema diff 60 68',
  ])('%s: no line is longer, and nothing is cut', async (line) => {
    const [text, widest] = [await shown(line, width), await shown(line, 100_000)];
    expect(text.length).toBeGreaterThan(20);
    expect(tooLong(text, width)).toEqual([]);
    // Doctor says how long something took.
    const said = (each: string): string => characters(line === 'doctor' ? each.replace(/\d|seconds?/g, '') : each);
    expect(said(text)).toBe(said(widest));
  });

  // Tables repeat their heading, or leave it out, as there is room for.
  it.each([
    ['status', 'status --format json', /"api_name": "(.*)"/g],
    ['usage', 'usage --format json', /"label": "(.*)"/g],
    ['audit --with-usage', 'usage --format json', /"label": "(.*)"/g],
  ])('%s: no line is longer, and no name is cut', async (line, asJson, names) => {
    const text = await shown(line, width);
    expect(tooLong(text, width)).toEqual([]);
    const flat = uncolored(text).replace(/\s+/g, '');
    const all = [...(await shown(asJson, width)).matchAll(names)].map(([, name = '']) => name.replace(/\s+/g, ''));
    expect(all.length).toBeGreaterThan(10);
    expect(all.filter((name) => !flat.includes(name))).toEqual([]);
  });

  it('--help of every command: no line is longer', async () => {
    const program = programToRead();
    for (const command of program.commands) {
      const name = command.name();
      for (const words of ['', name, ...command.commands.map((each) => `${name} ${each.name()}`)]) {
        const { stdout } = await runCommand(`${words} --help`, here.folder, { columns: width });
        expect([words, tooLong(stdout, width)]).toEqual([words, []]);
      }
    }
  });

  it('errors: no line is longer', async () => {
    for (const line of [
      'explain pkc',
      'plan --manifest missing.json',
      'stop Nothing_of_that_name',
      'plan --fail-on hgh',
    ]) {
      const { stderr, code } = await here.run(line, { environment, columns: width });
      expect(code).toBe(1);
      expect([line, tooLong(withoutProgress(stderr), width)]).toEqual([line, []]);
    }
  });
});
