import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { sampled } from '../deep';
import { type Bench, bench, SEED } from '../operations/support';
import { describeTerraformDeep } from './deep';
import { countOf, credentials, HEAD, type Project, project } from './provider-support';

const KINDS = ['salesforce_external_client_app', 'salesforce_private_client_app'] as const;

/** Both apps of each kind, by the address of each. */
interface Layout {
  readonly what: string;
  /** Meta-arguments, and the API name without its beginning. */
  readonly each: readonly [meta: string, name: string][];
  readonly module?: string;
  /** Of the first and of the second app. */
  readonly keys: readonly [string, string];
}

const keyed = (one: string, two: string): Layout['each'] => [
  [`for_each = { ${one} = "One", ${two} = "Two" }`, '${each.value}'],
];
const LAYOUTS: readonly Layout[] = [
  { what: 'by number', each: [['count = 2', '${["One", "Two"][count.index]}']], keys: ['.all[0]', '.all[1]'] },
  { what: 'by key', each: keyed('one', 'two'), keys: ['.all["one"]', '.all["two"]'] },
  { what: 'by another key', each: keyed('first', 'second'), keys: ['.all["first"]', '.all["second"]'] },
  { what: 'in a module', module: 'apps', each: keyed('first', 'second'), keys: ['.all["first"]', '.all["second"]'] },
  { what: 'in another one', module: 'clients', each: keyed('one', 'two'), keys: ['.all["one"]', '.all["two"]'] },
  {
    what: 'alone',
    each: [
      ['', 'One'],
      ['', 'Two'],
    ],
    keys: ['.a0', '.a1'],
  },
];

const wire = (name: string): string => `
  api_name       = "Wire_${name}"
  client_type    = "private"
  app            = { label = "App", contact_email = "iam@acme.example" }
  global_oauth   = { callback_url = ["https://a.acme.example/cb"] }
  oauth          = { comma_separated_oauth_scopes = ["Api"] }
  oauth_policies = { permitted_users_policy_type = "AdminApprovedPreAuthorized", comma_separated_permission_set = ["Partner_Portal_Access"] }`;
const typed = (name: string): string => `
  api_name        = "Typed_${name}"
  label           = "App"
  contact_email   = "iam@acme.example"
  scopes          = ["Api"]
  callback_urls   = ["https://a.acme.example/cb"]
  access_tokens   = { format = "opaque", lifetime = "60 minutes" }
  permitted_users = { policy = "pre_authorized", permission_sets = ["Partner_Portal_Access"] }`;

/** The resources of a layout. Nothing protects them: an address that is lost would delete an app. */
const resources = ({ each }: Layout): string =>
  each
    .flatMap(([meta, name], index) =>
      KINDS.map((kind) => {
        const body = kind === 'salesforce_private_client_app' ? typed(name) : wire(name);
        const address = each.length === 1 ? 'all' : `a${index}`;
        return `resource "${kind}" "${address}" {\n  ${meta}\n${body}\n  deletion_protection = false\n}`;
      }),
    )
    .join('\n');
const addresses = ({ module, keys }: Layout): readonly string[] =>
  KINDS.flatMap((kind) => keys.map((key) => `${module === undefined ? '' : `module.${module}.`}${kind}${key}`));

type Step = readonly [from: Layout, to: Layout, by: 'moved' | 'state mv'];
const STEPS: readonly Step[] = LAYOUTS.flatMap((from, index): readonly Step[] => {
  const to = LAYOUTS[(index + 1) % LAYOUTS.length] as Layout;
  return [
    [from, to, 'moved'],
    [to, from, 'state mv'],
  ];
});

describeTerraformDeep('apps under another address, driven by the real terraform', () => {
  const stateFile = join(tmpdir(), `client-apps-readdressed-${process.pid}.json`);
  let org: Bench;
  let work: Project;
  const held = (): unknown => (JSON.parse(readFileSync(stateFile, 'utf8')) as { components: unknown }).components;
  const write = (layout: Layout, more = ''): void => {
    if (layout.module === undefined) {
      work.write(resources(layout), more);
      return;
    }
    mkdirSync(join(work.folder, layout.module), { recursive: true });
    writeFileSync(join(work.folder, layout.module, 'main.tf'), `${HEAD}${resources(layout)}`);
    work.write(`module "${layout.module}" {\n  source = "./${layout.module}"\n}`, more);
  };
  /** Modules are installed, too. */
  const run = async (...given: readonly string[]): Promise<void> => {
    const { status, output } = await work.run(...given);
    expect(status === 0 ? '' : output).toBe('');
  };

  beforeAll(async () => {
    org = await bench({ seedDir: SEED, stateFile });
    work = project(credentials(org.emulator));
  });
  afterAll(async () => {
    await org.close();
    work.remove();
    rmSync(stateFile, { force: true });
  });

  it.each(sampled(STEPS, 3).map(([from, to, by]) => [from.what, to.what, by, from, to] as const))(
    'are the same apps: from %s to %s, by %s',
    async (_from, _to, by, from, to) => {
      rmSync(join(work.folder, 'terraform.tfstate'), { force: true });
      const [before, after] = [addresses(from), addresses(to)];
      const pairs = before.map((address, index) => [address, after[index] ?? ''] as const);
      const names = ['Wire_One', 'Wire_Two', 'Typed_One', 'Typed_Two'];
      const isThere = countOf(org.emulator, 'deploy') > 0;
      const imports = before.map((address, index) => `import {\n  to = ${address}\n  id = "${names[index]}"\n}`);
      write(from, isThere ? imports.join('\n') : '');
      await run('init', '-input=false');
      await run('apply', '-input=false', '-auto-approve');
      const [deploys, was] = [countOf(org.emulator, 'deploy'), held()];
      const moved = pairs.map(([one, other]) => `moved {\n  from = ${one}\n  to   = ${other}\n}`);
      write(to, by === 'moved' ? moved.join('\n') : '');
      await run('init', '-input=false');
      if (by === 'state mv') for (const pair of pairs) await run('state', 'mv', ...pair);
      for (const wide of ['-parallelism=1', '-parallelism=10']) {
        const plan = await work.planned(wide);
        expect(plan.resource_changes?.map(({ address, change }) => [address, change.actions])).toEqual(
          [...after].sort().map((address) => [address, ['no-op']]),
        );
      }
      await run('apply', '-input=false', 'plan.bin');
      await run('plan', '-input=false', '-detailed-exitcode', '-parallelism=1');
      expect(countOf(org.emulator, 'deploy')).toBe(deploys);
      expect(held()).toEqual(was);
    },
  );
});
