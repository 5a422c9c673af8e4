import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Emulator } from '../../lib/emulator';
import { fastOrg, login } from '../cli/support';
import { type Core, coreInHand, type Resources } from './core';
import { componentsIn } from './org-judge';
import { UNTIL } from './typed-hcl';
import type { Config } from './wire-values';

const APEX = 'PartnerTokens';
const exception = (...controls: readonly string[]) => [
  { controls, reason: 'a partner', approved_by: 'ciso@acme.example', expires: UNTIL },
];
const app = (name: string, more: Config = {}): Config => ({
  api_name: name,
  client_type: 'private',
  app: { label: name, contact_email: 'iam@acme.example' },
  global_oauth: { callback_url: ['https://portal.acme.example/a'], is_token_exchange_enabled: true },
  oauth: { comma_separated_oauth_scopes: ['Api'] },
  oauth_policies: { permitted_users_policy_type: 'AllSelfAuthorized', is_token_exchange_flow_enabled: true },
  exception: exception('SFCA-APP-SELF-AUTHORIZED', 'SFCA-APP-TOKEN-EXCHANGE'),
  deletion_protection: false,
  ...more,
});
const row = (name: string): Config => ({
  external_client_app: name,
  apex_execution_user: 'admin@emulator.example',
  is_default: true,
});
const handler = (enablements: readonly Config[] | undefined): Config => ({
  api_name: 'Partner',
  handler: {
    master_label: 'Partner',
    description: 'x',
    token_handler_apex: APEX,
    is_enabled: true,
    is_access_token_supported: false,
    is_id_token_supported: false,
    is_jwt_supported: true,
    is_refresh_token_supported: false,
    is_saml2_supported: false,
    is_user_creation_allowed: false,
    ...(enablements && { enablements }),
  },
});
const HANDLER = 'salesforce_oauth_token_exchange_handler.partner';

/** Apps, and those of them that the handler serves. */
function config(apps: readonly string[], served: readonly string[] | undefined): Resources {
  return new Map<string, Config>([
    ...apps.map((name) => [`salesforce_external_client_app.${name.toLowerCase()}`, app(name)] as const),
    [HANDLER, handler(served?.map(row))],
  ]) as Resources;
}

describe('the apps of a token exchange handler', () => {
  let folder: string;
  let org: Emulator;
  let core: Core;
  const served = (): readonly unknown[] => {
    const { fields } = componentsIn(join(folder, 'org.json'))['OauthTokenExchangeHandler']?.['Partner'] ?? {
      fields: {},
    };
    const rows = (fields['enablements'] ?? []) as readonly Config[];
    return rows.map((each) => each['externalClientApp']).sort();
  };
  const applied = async (wanted: Resources) => {
    const run = await core.apply(wanted);
    expect(run.errors).toEqual([]);
    const { errors, actions } = await core.plan(wanted);
    expect([errors, [...actions.values()].filter((each) => each !== 'no-op')]).toEqual([[], []]);
    return run;
  };

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'client-apps-handler-'));
    org = await fastOrg({ stateFile: join(folder, 'org.json'), org: { apexClasses: [{ name: APEX }] } });
    core = coreInHand(login(org));
    await applied(config(['A', 'B'], []));
    await applied(config(['A', 'B'], ['A', 'B']));
    expect(served()).toEqual(['A', 'B']);
  });
  afterEach(async () => {
    await org.close();
    rmSync(folder, { recursive: true });
  });

  it('are those of the configuration: one that is dropped is dropped in the org', async () => {
    const { actions } = await applied(config(['A', 'B'], ['A']));
    expect(actions.get(HANDLER)).toBe('update');
    expect(served()).toEqual(['A']);
  });

  it('are none where the configuration has none', async () => {
    await applied(config(['A', 'B'], []));
    expect(served()).toEqual([]);
  });

  it('stay as they are where the configuration says nothing of them', async () => {
    const { actions } = await applied(config(['A', 'B'], undefined));
    expect(actions.get(HANDLER)).toBe('no-op');
    expect(served()).toEqual(['A', 'B']);
  });

  it('lose one that the same apply deletes, before it is deleted', async () => {
    const { actions, warnings } = await applied(config(['A'], ['A']));
    expect([actions.get(HANDLER), actions.get('salesforce_external_client_app.b')]).toEqual(['update', 'delete']);
    expect(warnings.join('\n')).toContain('Partner serves B in the org, but will no longer do so');
    expect(served()).toEqual(['A']);
  });

  it("keep somebody else's: a plan that would cut it off says why it cannot, and nothing is written", async () => {
    const admin = coreInHand(login(org), undefined, { managedBy: 'another/team' });
    for (const served of [
      ['A', 'B'],
      ['A', 'B', 'C'],
    ]) {
      expect((await admin.apply(config(['C'], served))).errors).toEqual([]);
    }
    expect(served()).toEqual(['A', 'B', 'C']);
    const { errors } = await core.apply(config(['A', 'B'], ['A', 'B']));
    expect(errors).toEqual([expect.stringContaining('also serves C, which is not declared here')]);
    expect(errors[0]).toContain('add the app to this resource, or remove it in Setup first');
    expect(served()).toEqual(['A', 'B', 'C']);
  });
});
