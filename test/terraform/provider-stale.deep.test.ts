import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type Bench, bench } from '../operations/support';
import { describeTerraformDeep } from './deep';
import { countOf, credentials, type Project, project } from './provider-support';
import { TYPED_BASES } from './typed-values';
import { BASES } from './wire-matrix';
import { type Config, merged, ORG_JSON } from './wire-values';

/** What each resource type calls the text that is changed. */
const LABELS: Readonly<Record<string, (text: string) => Config>> = {
  salesforce_external_client_app: (label) => ({ app: { label } }),
  salesforce_connected_app: (label) => ({ app: { label } }),
  salesforce_oauth_custom_scope: (master_label) => ({ scope: { master_label } }),
  salesforce_oauth_token_exchange_handler: (master_label) => ({ handler: { master_label } }),
  salesforce_private_client_app: (label) => ({ label }),
  salesforce_public_client_app: (label) => ({ label }),
  salesforce_machine_client_app: (label) => ({ label }),
};
const ALL: Readonly<Record<string, Config>> = {
  ...BASES,
  salesforce_public_client_app: TYPED_BASES['salesforce_private_client_app'] ?? {},
};
const SETTINGS = 'salesforce_oauth_settings';

describeTerraformDeep('a saved plan whose org has moved, driven by the real terraform', () => {
  const folder = mkdtempSync(join(tmpdir(), 'client-apps-stale-'));
  const stateFile = join(folder, 'state.json');
  let org: Bench;
  let work: Project;

  beforeAll(async () => {
    writeFileSync(join(folder, 'org.json'), ORG_JSON);
    org = await bench({ seedDir: folder, stateFile, switches: { connectedAppCreation: true } });
    work = project(credentials(org.emulator));
    work.write('provider "salesforce" {\n  fail_on = "none"\n}');
    write('Made');
    expect(await work.run('init', '-input=false')).toMatchObject({ status: 0 });
    const made = await work.run('apply', '-input=false', '-auto-approve');
    expect(made.status === 0 ? '' : made.output).toBe('');
  });
  afterAll(async () => {
    await org.close();
    work.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  const write = (text: string): void => {
    const resources = Object.entries(LABELS).map(([type, label], index): [string, Config] => [
      type,
      { one: merged(ALL[type] ?? {}, { api_name: `One${index}` }, label(text)) },
    ]);
    const settings = {
      [SETTINGS]: {
        org: { oauth_oidc: { is_pkce_required: text === 'Planned', block_oauth_usr_agt_flow: text === 'By an admin' } },
      },
    };
    const resource = { ...Object.fromEntries(resources), ...settings };
    writeFileSync(join(work.folder, 'all.tf.json'), JSON.stringify({ resource }, undefined, 1));
  };

  it('is refused for every type of resource, and what an admin did stays', async () => {
    write('Planned');
    await work.planned();
    // Somebody else changes the same things; Terraform's own state knows nothing of it.
    const state = work.state();
    write('By an admin');
    expect(await work.run('apply', '-input=false', '-auto-approve')).toMatchObject({ status: 0 });
    work.writeState(state);
    const [deploys, was] = [countOf(org.emulator, 'deploy'), readFileSync(stateFile, 'utf8')];
    const { status, output } = await work.run('apply', '-input=false', 'plan.bin');
    expect(status).toBe(1);
    const refused = [...output.matchAll(/Error: (\S+).*: plan stale/g)].map(([, type]) => type?.replace(':', ''));
    expect([...new Set(refused)].sort()).toEqual([...Object.keys(LABELS), SETTINGS].sort());
    expect(countOf(org.emulator, 'deploy')).toBe(deploys);
    expect(JSON.parse(readFileSync(stateFile, 'utf8'))).toMatchObject({
      components: (JSON.parse(was) as { components: Config }).components,
    });
  });
});
