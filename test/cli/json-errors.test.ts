import { failureSchema } from '../../lib/cli/failure-schema';
import type { Emulator } from '../../lib/emulator';
import { programToRead } from '../../scripts/command-reference';
import { fastOrg, login, type Project, project, twoApps } from './support';

const ARGUMENTS: Readonly<Record<string, string>> = {
  migrate: 'Portal',
  'migrate status': 'Portal',
  explain: '--list',
  'schema diff': '60 68',
};
/** Without it they need a terminal, and say so before they reach an org. */
const APPROVED: Readonly<Record<string, string>> = {
  'apply --json': 'apply --json --auto-approve',
  'destroy --json': 'destroy --json --auto-approve --all',
};

interface JsonCommand {
  /** `schema diff 60 68 --json`. */
  readonly line: string;
  readonly options: readonly string[];
}

/** Each command that can answer in JSON, with what it needs to run. */
const COMMANDS: readonly JsonCommand[] = programToRead().commands.flatMap((command) =>
  [
    { name: command.name(), options: command.options },
    ...command.commands.map((below) => ({ name: `${command.name()} ${below.name()}`, options: below.options })),
  ].flatMap(({ name, options }) => {
    const asJson = options.some(({ long }) => long === '--json')
      ? '--json'
      : options.find(({ long, argChoices }) => long === '--format' && argChoices?.includes('json')) && '--format json';
    if (asJson === undefined) return [];
    const line = [name, ARGUMENTS[name], asJson].filter(Boolean).join(' ');
    return [{ line, options: options.map(({ long }) => long ?? '') }];
  }),
);

describe('a command that was asked for JSON and fails', () => {
  let here: Project;
  let salesforce: Emulator;
  let environment: Readonly<Record<string, string>>;
  beforeAll(async () => {
    here = project();
    here.synth(twoApps);
    here.write('broken.json', '{ "format_version": ');
    here.write('other.json', '{ "format_version": "99.0" }');
    salesforce = await fastOrg({});
    environment = login(salesforce);
  });
  afterAll(async () => {
    await salesforce.close();
    here.remove();
  });

  const having = (option: string): readonly string[] =>
    COMMANDS.filter(({ options }) => options.includes(option)).map(({ line }) => line);

  async function failure(line: string, given = environment) {
    const { stdout, stderr, code } = await here.run(line, { environment: given });
    // One document, and nothing beside it.
    const document = failureSchema.parse(JSON.parse(stdout));
    expect(document.exit_code).toBe(code);
    // What it says is what people are told, who see the code of the system once.
    const shown = stderr.replace(/\s+/g, ' ');
    for (const { problem } of document.errors) {
      expect(shown).toContain(problem.split('\n')[0]?.replace(/ \(E[A-Z]+\)$/, ''));
    }
    return document;
  }
  const codesOf = ({ errors }: { readonly errors: readonly { readonly code: string }[] }): readonly string[] =>
    errors.map(({ code }) => code);

  it('is one of fifteen at least', () => {
    expect(COMMANDS.length).toBeGreaterThanOrEqual(15);
  });

  it.each(COMMANDS.map(({ line }) => line))('%s: an option that does not exist', async (line) => {
    const { exit_code: code, errors } = await failure(`${line} --no-such-option`);
    expect(code).toBe(1);
    expect(errors.map((each) => [each.code, each.problem])).toEqual([
      ['command-line-wrong', expect.stringContaining("unknown option '--no-such-option'")],
    ]);
  });

  it.each(having('--manifest'))('%s: a manifest that is missing, no JSON, or of another version', async (line) => {
    for (const file of ['missing.json', 'broken.json', 'other.json']) {
      const document = await failure(`${line} --manifest ${file}`);
      expect([file, document.exit_code, document.errors.length > 0]).toEqual([file, 1, true]);
    }
  });

  it.each(having('--org').filter((line) => !line.startsWith('import')))('%s: an org of another name', async (line) => {
    const document = await failure(`${line} --org prd`);
    expect(document.exit_code).toBe(1);
    expect(document.errors.map(({ remedy }) => remedy)).toEqual(['did you mean prod?']);
  });

  const REACHING = having('--local').filter((line) => !/^(doctor|prove|status)/.test(line));
  it.each(REACHING)('%s: an org out of reach', async (line) => {
    const nowhere = { SF_INSTANCE_URL: 'http://127.0.0.1:1', SF_ACCESS_TOKEN: 'none' };
    const document = await failure(APPROVED[line] ?? line, nowhere);
    expect(document.exit_code).toBe(5);
    expect(document.errors.length).toBeGreaterThan(0);
  });

  it('apply --json: a refusal', async () => {
    const document = await failure('apply --json');
    expect([document.exit_code, ...codesOf(document)]).toEqual([1, 'approval-needed']);
  });

  it('no secret is in it', async () => {
    const { stdout } = await here.run('plan --json', { environment: { ...environment, SF_ACCESS_TOKEN: 'CANARY-17' } });
    expect(failureSchema.parse(JSON.parse(stdout)).exit_code).toBe(5);
    expect(stdout).not.toContain('CANARY-17');
  });
});
