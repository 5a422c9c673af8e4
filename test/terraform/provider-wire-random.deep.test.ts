import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';

import { cases } from '../deep';
import { type Bench, bench } from '../operations/support';
import { describeTerraformDeep } from './deep';
import { componentsIn, differing } from './org-judge';
import { credentials, type Project, project } from './provider-support';
import { schemaOf } from './schema-of';
import { escaped, randomConfigs } from './wire-random';
import { type Config, SCOPES, writeOrg } from './wire-values';

/** Each is an apply and a plan, and the same once more after every app became another one. By hand: 500. */
const APPS = Number(process.env['CLIENT_APPS_WIRE_APPS'] ?? cases(1, 20));
/** So many in one run of Terraform. */
const TOGETHER = Number(process.env['CLIENT_APPS_WIRE_TOGETHER'] ?? 50);
/** Another choice of them; a failure says which one it was. By hand, to see it again: CLIENT_APPS_WIRE_SEED. */
const SEED = Number(process.env['CLIENT_APPS_WIRE_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const RESOURCE = 'salesforce_external_client_app';
const WIDE = '-parallelism=100';

type Apps = ReadonlyMap<string, Config>;

describeTerraformDeep('random apps with the metadata’s names, driven by the real terraform', () => {
  const folder = mkdtempSync(join(tmpdir(), 'client-apps-wire-'));
  const stateFile = join(folder, 'state.json');
  let org: Bench;
  let work: Project;

  beforeAll(async () => {
    writeOrg(folder);
    org = await bench({ seedDir: folder, stateFile, switches: { securitySettingsDeployable: true } });
    work = project(credentials(org.emulator));
    // What is chosen at random is seldom safe.
    work.write('provider "salesforce" {\n  fail_on = "none"\n  api_version = 68\n}');
    expect(await work.run('init', '-input=false')).toMatchObject({ status: 0 });
  });
  afterAll(async () => {
    await org.close();
    work.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  const write = (all: Apps): void => {
    const needs = ['salesforce_oauth_settings.org', 'salesforce_oauth_custom_scope.orders'];
    const apps = [...all].map(([name, config]) => {
      const own = { api_name: name, deletion_protection: false, depends_on: needs };
      return [name, { ...(escaped(config) as Config), ...own }];
    });
    const resource = {
      salesforce_oauth_settings: { org: { oauth_oidc: { oauth_cd_crdt_flow_enable: true } } },
      salesforce_oauth_custom_scope: SCOPES,
      [RESOURCE]: Object.fromEntries(apps) as Config,
    };
    writeFileSync(join(work.folder, 'apps.tf.json'), JSON.stringify({ resource }, undefined, 1));
  };

  /** What a rule refuses is left out, or stays what it was. */
  const withoutRefused = (all: Apps, output: string, before: Apps): Apps =>
    new Map(
      [...all].flatMap(([name, one]) => {
        const isRefused = new RegExp(`Error: [^│]*?\\b${name}\\b`).test(output);
        const kept = isRefused ? before.get(name) : one;
        return kept ? [[name, kept] as const] : [];
      }),
    );

  async function reach(wanted: Apps, before: Apps = new Map()): Promise<Apps> {
    let all = wanted;
    for (let tries = 0; tries < 3; tries += 1) {
      write(all);
      const { status, output } = await work.run('plan', '-input=false', WIDE);
      if (status === 0) break;
      all = withoutRefused(all, output, before);
    }
    write(all);
    const applied = await work.run('apply', '-input=false', '-auto-approve', WIDE);
    expect(applied.status === 0 ? '' : errorsIn(applied.output)).toBe('');
    const again = await work.run('plan', '-input=false', '-detailed-exitcode', WIDE);
    expect(again.status === 0 ? '' : changesIn(again.output)).toBe('');
    const components = componentsIn(stateFile);
    const wrong = [...all].flatMap(([name, config]) =>
      differing(components, RESOURCE, name, config).map((each) => ({ name, ...each })),
    );
    expect(wrong).toEqual([]);
    return all;
  }

  it(`are in the org as they are written, and so is what they become (${APPS}, seed ${SEED})`, async () => {
    const attributes = (await schemaOf(work)).resource_schemas[RESOURCE]?.block.attributes ?? {};
    const sample = fc.sample(randomConfigs(attributes), { numRuns: APPS * 2, seed: SEED });
    let [made, kept] = [0, 0];
    for (; made < APPS; made += TOGETHER) {
      const names = sample.slice(made, Math.min(APPS, made + TOGETHER)).map((_, index) => `App${made + index}`);
      const first = new Map(names.map((name, index) => [name, sample[made + index] ?? {}]));
      const reached = await reach(first);
      const next = [...reached].map(
        ([name, config], index) => [name, become(config, sample[APPS + made + index] ?? {})] as const,
      );
      kept += (await reach(new Map(next), reached)).size;
      const destroyed = await work.run('destroy', '-input=false', '-auto-approve', WIDE);
      expect(destroyed.status === 0 ? '' : errorsIn(destroyed.output)).toBe('');
    }
    process.stderr.write(`${APPS} random apps, of which ${kept} are safe and possible\n`);
    expect(kept).toBeGreaterThan(APPS / 2);
  }, 14_400_000);
});

const errorsIn = (output: string): string => output.slice(output.indexOf('Error: '));

/** The lines of a plan that say what changes. */
const changesIn = (output: string): string =>
  output
    .split('\n')
    .filter((line) => /^ *(# salesforce|[~+-] )/.test(line))
    .join('\n');

/** Another app of the same kind; what an org may force to true is not fought over. */
function become(before: Config, after: Config): Config {
  const consumer = { ...(after['global_oauth'] as Config) } as Record<string, unknown>;
  for (const name of ['is_pkce_required', 'is_refresh_token_rotation_enabled', 'is_enforce_refresh_token_ttl']) {
    if (consumer[name] === false) Reflect.deleteProperty(consumer, name);
  }
  const app = { ...(after['app'] as Config) } as Record<string, unknown>;
  // No app that was packaged becomes local again.
  if ((before['app'] as Config)['distribution_state'] === 'Packaged') delete app['distribution_state'];
  return { ...after, client_type: before['client_type'], app, global_oauth: consumer, re_enable: true };
}
