import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { sampled } from '../deep';
import { type Bench, bench } from '../operations/support';
import { describeTerraformDeep } from './deep';
import { componentsIn, differing, partsOf } from './org-judge';
import { changed, credentials, type Project, project } from './provider-support';
import { schemaOf } from './schema-of';
import { BY_KIND, matrix, type MatrixCase, resourcesOf, WIRE } from './wire-matrix';
import { type Config, merged, SCOPES, stating, writeOrg } from './wire-values';

/** How many attributes of each kind a run takes; `CLIENT_APPS_EXHAUSTIVE=1` takes each one, which is five minutes. */
const ATTRIBUTES = 16;

const WIDE = '-parallelism=100';
const ALSO: Config = {
  salesforce_oauth_custom_scope: SCOPES,
  salesforce_oauth_settings: { org: { oauth_oidc: { oauth_cd_crdt_flow_enable: true } } },
};

/** Something else of the same resource, so that an apply has something to do. */
const elsewhere = ({ resource, path }: MatrixCase): Config => {
  if (BY_KIND.includes(resource)) return { [path === 'label' ? 'description' : 'label']: 'Else' };
  if (resource === 'salesforce_oauth_custom_scope')
    return { scope: { [other(path, 'master_label', 'description')]: 'Else' } };
  if (resource === 'salesforce_oauth_token_exchange_handler')
    return { handler: { [other(path, 'master_label', 'description')]: 'Else' } };
  return { app: { [other(path, 'label', 'description')]: 'Else' } };
};
const other = (path: string, one: string, another: string): string => (path.endsWith(`.${one}`) ? another : one);

/** What Terraform’s state promises of an app by kind of client, as the metadata has it. */
function metadataOf(state: string, { resource, name }: MatrixCase): Config {
  const { resources } = JSON.parse(state) as {
    resources: { type: string; name: string; instances: { attributes: Config }[] }[];
  };
  const found = resources.find((each) => each.type === resource && each.name === name);
  return found?.instances[0]?.attributes['metadata'] as Config;
}

const FAMILIES = [
  ['of every resource with the metadata’s names', WIRE],
  ['of the resources by kind of client', BY_KIND],
] as const;

describeTerraformDeep.each(FAMILIES)('every attribute %s', (_, resources) => {
  const folder = mkdtempSync(join(tmpdir(), 'client-apps-matrix-'));
  const stateFile = join(folder, 'state.json');
  let org: Bench;
  let work: Project;
  let cases: readonly MatrixCase[];
  /** What the org had of each one the time before. */
  const before = new Map<string, string>();

  beforeAll(async () => {
    writeOrg(folder);
    const switches = { connectedAppCreation: true, securitySettingsDeployable: true };
    org = await bench({ seedDir: folder, stateFile, switches });
    work = project(credentials(org.emulator));
    work.write('provider "salesforce" {\n  fail_on = "none"\n  api_version = 68\n}');
    expect(await work.run('init', '-input=false')).toMatchObject({ status: 0 });
    cases = sampled(matrix(await schemaOf(work), resources), ATTRIBUTES);
  });
  afterAll(async () => {
    await org.close();
    work.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  const write = (stated: (one: MatrixCase) => Config, more: Config = {}): void => {
    const resource = merged(resourcesOf(cases, stated), ALSO, more);
    writeFileSync(join(work.folder, 'cases.tf.json'), JSON.stringify({ resource }, undefined, 1));
  };
  const succeeds = async (...given: string[]): Promise<void> => {
    const { status, output } = await work.run(...given);
    expect(status === 0 ? '' : output.slice(Math.max(0, output.indexOf('Error: ')))).toBe('');
  };
  const noChanges = (): Promise<void> => succeeds('plan', '-input=false', '-detailed-exitcode', WIDE);

  it.each(['a new', 'a changed'])('takes a value that is not known before the apply of %s resource', async (which) => {
    const turn = which === 'a new' ? 0 : 1;
    const input = Object.fromEntries(cases.map(({ name, values }) => [name, values[turn]]));
    write(({ name, path }) => stating(path, `\${terraform_data.late.output.${name}}`), {
      terraform_data: { late: { input } },
    });
    await succeeds('plan', '-input=false', WIDE, '-out=plan.bin');
    await succeeds('apply', '-input=false', WIDE, 'plan.bin');
    await noChanges();
    const [components, state] = [componentsIn(stateFile), work.state()];
    for (const one of cases) {
      const { resource, name, path, values } = one;
      const stated = BY_KIND.includes(resource) ? metadataOf(state, one) : stating(path, values[turn]);
      expect([path, differing(components, resource, name, stated)]).toEqual([path, []]);
      const parts = JSON.stringify(partsOf(components, name));
      // Another value makes another app.
      if (values[0] !== values[1]) expect([path, parts === before.get(name)]).toEqual([path, false]);
      before.set(name, parts);
    }
  });

  it('leaves what ignore_changes names as somebody else made it, and says nothing of it', async () => {
    // Somebody else works with the same apps, and states the other value.
    const mine = work.state();
    write(({ path, values, grows }) => stating(path, values[grows ? 1 : 0]));
    await succeeds('apply', '-input=false', '-auto-approve', WIDE);
    work.writeState(mine);
    const was = componentsIn(stateFile);

    write((one) => {
      const lifecycle = { ignore_changes: [one.path] };
      return merged(stating(one.path, one.values[one.grows ? 0 : 1]), elsewhere(one), { lifecycle });
    });
    const plan = await work.planned(WIDE);
    const shown = cases.map((one) => [one.path, [...changed(plan, `${one.resource}.${one.name}`)].sort()]);
    const expected = cases.map((one) => {
      const paths = pathsOf(elsewhere(one));
      return [one.path, BY_KIND.includes(one.resource) ? [...paths, `metadata.app.${paths.join('')}`] : paths];
    });
    expect(shown).toEqual(expected);
    await succeeds('apply', '-input=false', WIDE, 'plan.bin');
    await noChanges();
    const is = componentsIn(stateFile);
    const parts = (components: typeof is) =>
      cases.map(({ name, path }) => [path, withoutElse(partsOf(components, name))]);
    expect(parts(is)).toEqual(parts(was));
  });
});

const pathsOf = (config: Config): readonly string[] =>
  Object.entries(config).map(([block, value]) =>
    typeof value === 'string' ? block : `${block}.${Object.keys(value as object).join('')}`,
  );

/** What {@link elsewhere} may have changed. */
const withoutElse = (parts: Readonly<Record<string, unknown>>): unknown =>
  Object.fromEntries(
    Object.entries(parts).map(([name, fields]) => {
      const { label: _label, masterLabel: _masterLabel, description: _description, ...rest } = fields as Config;
      return [name, rest];
    }),
  );
