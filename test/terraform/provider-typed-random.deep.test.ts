import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';

import { type Emulator, startEmulator } from '../../lib/emulator';
import { appsAlone, randomOrg } from '../constructs/arbitraries';
import type { RandomApp } from '../constructs/declared';
import { DEEP } from '../deep';
import { type Components, differences } from '../pipeline/state-oracle';
import { credentials, type Project, project } from './provider-support';
import { describeTerraform } from './support';
import { inHcl, resourceOf } from './typed-hcl';

/** Each is an apply and a plan, and the same once more after every app became another one. */
const APPS = Number(process.env['CLIENT_APPS_TYPED_APPS'] ?? (DEEP ? 40 : 8));

type Apps = ReadonlyMap<string, RandomApp>;

/** A default takes no JWTs away, and what an org may force to true is not fought over. */
function neverTakenBack(before: object, after: object): object {
  const [was, is] = [before, after] as readonly Readonly<Record<string, unknown>>[];
  const names = ['pkce', 'refreshTokenRotation', ...(is?.['accessTokens'] === undefined ? ['accessTokens'] : [])];
  return Object.fromEntries(
    names.filter((name) => was !== undefined && name in was).map((name) => [name, was?.[name]]),
  );
}

describeTerraform('random apps by kind of client, driven by the real terraform', () => {
  const folder = mkdtempSync(join(tmpdir(), 'client-apps-typed-'));
  const stateFile = join(folder, 'org-state.json');
  let emulator: Emulator;
  let work: Project;

  beforeAll(async () => {
    writeFileSync(join(folder, 'org.json'), randomOrg());
    const switches = { deployMs: 0, unfinishedPolls: 0 };
    emulator = await startEmulator({ seedDir: folder, stateFile, switches });
    work = project(credentials(emulator));
  });
  afterAll(async () => {
    await emulator.close();
    work.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  const write = (all: ReadonlyMap<string, RandomApp>): void => {
    const resource: Record<string, Record<string, unknown>> = {
      salesforce_oauth_settings: { org: { oauth_oidc: { oauth_cd_crdt_flow_enable: true } } },
    };
    for (const [name, one] of all) {
      const given = { contact_email: 'iam@acme.example', ...inHcl(one.props), api_name: name };
      const at = { depends_on: ['salesforce_oauth_settings.org'] };
      resource[resourceOf(one.construct)] = { ...resource[resourceOf(one.construct)], [name]: { ...given, ...at } };
    }
    // What is chosen at random is seldom safe.
    work.write('provider "salesforce" { fail_on = "none" }');
    writeFileSync(join(work.folder, 'apps.tf.json'), JSON.stringify({ resource }, undefined, 1));
  };

  const errorsIn = (output: string): string => output.slice(Math.max(0, output.indexOf('Error: ')));

  /** A control that no one may excuse, or a guard, may object: what it names is left out, or stays what it was. */
  const withoutRefused = (all: Apps, output: string, before: Apps): Apps =>
    new Map(
      [...all].flatMap(([name, one]) => {
        const kept = new RegExp(`Error: .*\\b${name}\\b`).test(output) ? before.get(name) : one;
        return kept ? [[name, kept] as const] : [];
      }),
    );

  async function reach(wanted: Apps, before: Apps = new Map()): Promise<Apps> {
    write(wanted);
    const { output } = await work.run('plan', '-input=false', '-parallelism=100');
    const all = withoutRefused(wanted, output, before);
    write(all);
    const applied = await work.run('apply', '-input=false', '-auto-approve', '-parallelism=100');
    expect(applied.status === 0 ? '' : errorsIn(applied.output)).toBe('');
    const again = await work.run('plan', '-input=false', '-detailed-exitcode', '-parallelism=100');
    expect(again.status === 0 ? '' : again.output).toBe('');
    const { components } = JSON.parse(readFileSync(stateFile, 'utf8')) as { components: Components };
    const wrong = [...all].map(([name, one]) => ({ name, wrong: differences(components, name, one) }));
    expect(wrong.filter((each) => each.wrong.length > 0)).toEqual([]);
    return all;
  }

  it('are in the org as they are written, and so is what they become', async () => {
    const sample = fc.sample(appsAlone, APPS * 2);
    const first = new Map(sample.slice(0, APPS).map((one, index) => [`App${index}`, one] as const));
    write(first);
    expect(await work.run('init', '-input=false')).toMatchObject({ status: 0 });
    const made = await reach(first);
    expect(made.size).toBeGreaterThan(APPS / 4);
    // Another app of the same kind under the same name.
    const others = sample.slice(APPS);
    const next = [...made].map(([name, one]) => {
      const other = others.find(({ construct }) => construct === one.construct) ?? one;
      others.splice(others.indexOf(other), others.includes(other) ? 1 : 0);
      return [name, { ...other, props: { ...other.props, ...neverTakenBack(one.props, other.props) } }] as const;
    });
    await reach(new Map(next), made);
  }, 600_000);
});
