import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';

import { CUSTOM_SCOPES, PERMISSION_SETS, RUN_AS } from '../constructs/arbitraries';
import { cases } from '../deep';
import { type Bench, bench } from '../operations/support';
import { describeTerraformDeep } from './deep';
import { type Components, componentsIn, partsOf } from './org-judge';
import { changed, credentials, type Project, project } from './provider-support';
import { UNTIL } from './typed-hcl';
import { CERTIFICATES, type Config, merged, OTHER_USER, SCOPES, stating, writeOrg } from './wire-values';

/** How many apps, each with a choice of its own; `CLIENT_APPS_DRIFTED_APPS=200` takes more. */
const APPS = Number(process.env['CLIENT_APPS_DRIFTED_APPS'] ?? cases(6, 20));
const FIRST_SEED = Number(process.env['CLIENT_APPS_FIRST_SEED'] ?? 1);
const WIDE = '-parallelism=100';

const justification = { reason: 'kiosks', approved_by: 'ciso@acme.example', expires: UNTIL };
const BASE: Config = {
  contact_email: 'iam@acme.example',
  scopes: ['Api', 'RefreshToken', 'OpenID'],
  access_tokens: { format: 'jwt' },
  permitted_users: { policy: 'pre_authorized' },
  refresh_tokens: { policy: 'expires_after' },
  start_page: { page: 'custom' },
  ip_relaxation: { justification },
  token_exchange: { enabled: true, justification },
  asset_token: { signing_certificate: CERTIFICATES[0] },
  apex_handler: { class_name: 'PortalPlugin' },
};
/**
 * What someone may change in Setup, each without the others: how the author wrote it, and what the org has then. Where
 * there are two ways to write a value, the author took the one that no reading takes.
 */
const MEMBERS: Readonly<Record<string, readonly [mine: unknown, theirs: unknown, statedAt?: string]>> = {
  label: ['App', 'Renamed'],
  description: ['An app', 'Another text'],
  contact_phone: ['+41 44 000 00 00', '+41 44 000 00 01'],
  icon_url: ['https://a.acme.example/icon', 'https://b.acme.example/icon'],
  logo_url: ['https://a.acme.example/logo', 'https://b.acme.example/logo'],
  callback_urls: [['https://b.acme.example/cb', 'https://a.acme.example/cb'], ['https://a.acme.example/cb']],
  custom_scopes: [[CUSTOM_SCOPES[0]], CUSTOM_SCOPES],
  'custom_attributes.country': ['User.Country', 'Organization.Country'],
  disabled_plugins: [['push'], ['push', 'canvas']],
  trusted_ip_ranges: [
    [{ start: '203.0.113.1', end: '203.0.113.9', description: 'office' }],
    [{ start: '198.51.100.1', end: '198.51.100.1' }],
  ],
  'access_tokens.lifetime': ['30 minutes', '15 minutes'],
  'refresh_tokens.policy': ['expires_after', 'expires_if_unused_for'],
  'refresh_tokens.period': ['48 hours', '72 hours'],
  'permitted_users.permission_sets': [[PERMISSION_SETS[0]], PERMISSION_SETS.slice(1, 3)],
  'start_page.url': ['https://a.acme.example/start', 'https://b.acme.example/start'],
  'ip_relaxation.policy': ['relax', 'relax_for_activated_devices'],
  'token_exchange.require_secret': [true, false],
  'device_flow.enabled': [{ enabled: true, justification }, { enabled: false }, 'device_flow'],
  'required_session_level.level': ['standard', 'high_assurance'],
  'id_token.validity': ['60 minutes', '120 minutes'],
  'id_token.audiences': ['https://a.acme.example', 'https://b.acme.example'],
  'asset_token.validity': ['120 minutes', '24 hours'],
  'asset_token.audiences': ['devices', 'machines'],
  'admin_policies.single_logout_url': ['https://a.acme.example/out', 'https://b.acme.example/out'],
  'apex_handler.execute_as': [RUN_AS, OTHER_USER],
};

describeTerraformDeep('what someone changed in Setup, of an app by kind of client', () => {
  const folder = mkdtempSync(join(tmpdir(), 'client-apps-drift-'));
  const stateFile = join(folder, 'state.json');
  let org: Bench;
  let work: Project;

  beforeAll(async () => {
    writeOrg(folder);
    org = await bench({ seedDir: folder, stateFile });
    work = project(credentials(org.emulator));
    work.write('provider "salesforce" {\n  fail_on = "none"\n  api_version = 68\n}');
    expect(await work.run('init', '-input=false')).toMatchObject({ status: 0 });
  });
  afterAll(async () => {
    await org.close();
    work.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  const choices = fc
    .sample(fc.subarray(Object.keys(MEMBERS)), { numRuns: APPS, seed: FIRST_SEED })
    .map((paths, index) => ({ name: `App${index}`, paths: new Set(paths) }));
  const write = (drifted: boolean): void => {
    const apps = choices.map(({ name, paths }) => {
      const members = Object.entries(MEMBERS).map(([path, [mine, theirs, at = path]]) =>
        stating(at, drifted && paths.has(path) ? theirs : mine),
      );
      return [
        name,
        merged(
          BASE,
          { api_name: name, depends_on: CUSTOM_SCOPES.map((each) => `salesforce_oauth_custom_scope.${each}`) },
          ...members,
        ),
      ];
    });
    const resource = {
      salesforce_oauth_custom_scope: SCOPES,
      salesforce_private_client_app: Object.fromEntries(apps) as Config,
    };
    writeFileSync(join(work.folder, 'apps.tf.json'), JSON.stringify({ resource }, undefined, 1));
  };
  const succeeds = async (...given: string[]): Promise<void> => {
    const { status, output } = await work.run(...given, '-input=false', WIDE);
    expect(status === 0 ? '' : output.slice(Math.max(0, output.indexOf('Error: ')))).toBe('');
  };

  it('is shown, and nothing beside it, whatever else was changed at once', async () => {
    write(false);
    await succeeds('apply', '-auto-approve');
    const was = componentsIn(stateFile);
    // Someone else works with the same apps.
    const mine = work.state();
    write(true);
    await succeeds('apply', '-auto-approve');
    work.writeState(mine);
    const is = componentsIn(stateFile);
    write(false);
    const plan = await work.planned(WIDE);
    for (const { name, paths } of choices) {
      const shown = changed(plan, `salesforce_private_client_app.${name}`);
      const options = shown.filter((path) => !path.startsWith('metadata.'));
      expect([name, [...options].sort()]).toEqual([name, [...paths].sort()]);
      const fields = shown.flatMap((path) => (path.startsWith('metadata.') ? [bare(path.split('.')[2] ?? '')] : []));
      expect([name, [...new Set(fields)].sort()]).toEqual([name, fieldsBetween(stated(was, name), stated(is, name))]);
    }
    await succeeds('apply', '-auto-approve');
    await succeeds('plan', '-detailed-exitcode');
    for (const { name } of choices) {
      expect([name, stated(componentsIn(stateFile), name)]).toEqual([name, stated(was, name)]);
    }
  });
});

/** A label that is the full name of its record is the one that Salesforce gives a record without one. */
const stated = (components: Components, name: string): Readonly<Record<string, Config>> =>
  Object.fromEntries(
    Object.entries(partsOf(components, name)).map(([part, fields]) => {
      const { label, ...rest } = fields as Config;
      return [part, part.endsWith(` ${String(label)}`) ? rest : { ...rest, label }];
    }),
  );

const bare = (name: string): string => name.replace(/_/g, '').toLowerCase();

/** Names of the fields that differ between what the org had and has. */
function fieldsBetween(
  before: Readonly<Record<string, Config>>,
  after: Readonly<Record<string, Config>>,
): readonly string[] {
  const names = Object.entries(before).flatMap(([part, fields]) => {
    const [had, has] = [fields, after[part] ?? {}];
    return [...new Set([...Object.keys(had), ...Object.keys(has)])]
      .filter((name) => JSON.stringify(had[name]) !== JSON.stringify(has[name]))
      .map(bare);
  });
  return [...new Set(names)].sort();
}
