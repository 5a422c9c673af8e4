import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { App, LocalBackend, TerraformStack } from 'cdktf';
import fc from 'fast-check';

import { SalesforceOrg } from '../../constructs';
import { type Emulator, startEmulator } from '../../lib/emulator';
import { appsAlone, randomOrg } from '../constructs/arbitraries';
import { declareAll, type RandomApp } from '../constructs/declared';
import { TODAY } from '../operations/support';
import { type Components, differences } from '../pipeline/state-oracle';
import { describeTerraformDeep } from './deep';
import { type Ran, terraform } from './support';

/** About two minutes on a quiet machine: each run is an apply and a plan of all its apps. */
const RUNS = 5;
const APPS = 8;

/** Apps to adopt would have to be in the org. */
const app = appsAlone.map(({ construct, props }): RandomApp => ({ construct, props: { ...props, adopt: undefined } }));

describeTerraformDeep('random configurations, driven by the real terraform', () => {
  const folder = mkdtempSync(join(tmpdir(), 'client-apps-tf-'));
  const stackFolder = join(folder, 'cdktf.out/stacks/identity');
  const stateFile = join(folder, 'org-state.json');
  let emulator: Emulator;
  const run = (...given: string[]): Promise<Ran> =>
    terraform(stackFolder, given, { SF_ACCESS_TOKEN: emulator.accessToken, SF_INSTANCE_URL: emulator.url });

  function synthesize(declared: ReadonlyMap<string, RandomApp>): void {
    const root = new App({ outdir: join(folder, 'cdktf.out') });
    const stack = new TerraformStack(root, 'identity');
    new LocalBackend(stack, { path: '../../../terraform.tfstate' });
    const org = new SalesforceOrg(stack, 'prod', { contactEmail: 'iam@acme.example', today: TODAY });
    org.oauthSettings({ allowCodeAndCredentialsFlow: true });
    declareAll(
      org,
      [...declared].map(([id, one]) => ({ id, app: one })),
    );
    root.synth();
  }

  beforeAll(async () => {
    writeFileSync(join(folder, 'org.json'), randomOrg());
    const switches = { deployMs: 0, unfinishedPolls: 0 };
    emulator = await startEmulator({ seedDir: folder, stateFile, switches });
  });
  afterAll(async () => {
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('are in the org field by field after the apply, and the plan afterward is empty', async () => {
    let made = 0;
    const kept = new Map<string, RandomApp>();
    const lists = fc.array(app, { minLength: APPS, maxLength: APPS });
    for (const list of fc.sample(lists, RUNS)) {
      for (const one of list) kept.set(`App${made++}`, one);
      synthesize(kept);
      if (made === APPS) expect(await run('init', '-input=false')).toMatchObject({ status: 0 });
      const planned = await run('plan', '-input=false');
      // A control or a guard may object: what it names is left out.
      for (const [name] of kept) if (new RegExp(`Error: .*\\b${name}\\b`).test(planned.output)) kept.delete(name);
      synthesize(kept);
      const applied = await run('apply', '-input=false', '-auto-approve');
      expect(applied.status === 0 ? '' : applied.output).toBe('');
      const again = await run('plan', '-input=false', '-detailed-exitcode');
      expect(again.status === 0 ? '' : again.output).toBe('');
      const { components } = JSON.parse(readFileSync(stateFile, 'utf8')) as { components: Components };
      for (const [name, one] of kept)
        expect({ name, wrong: differences(components, name, one) }).toEqual({ name, wrong: [] });
    }
    expect(kept.size).toBeGreaterThan((APPS * RUNS) / 4);
  });
});
