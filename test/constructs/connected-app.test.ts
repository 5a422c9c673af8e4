import { Testing } from 'cdktf';

import { Engine, MachineApp, PermittedUsers, Platform, PrivateClientApp, Scope } from '../../constructs';
import { diagnosticsOf } from '../../constructs/testing';
import { machineProps, orgIn, privateProps, program, removeTemporaryFolders } from './support';

afterAll(removeTemporaryFolders);

const props = {
  label: 'Feed',
  platform: Platform.CONNECTED_APP,
  adopt: true,
  scopes: [Scope.API],
  permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Feed_Access'] }),
  certificate: machineProps.certificate,
} as const;

type Resources = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

function resources(engine: Engine): Resources {
  const org = orgIn(program(), { engine });
  new MachineApp(org, 'Feed', props);
  return (JSON.parse(Testing.synth(org.node.scope as Parameters<typeof Testing.synth>[0])) as { resource: Resources })
    .resource;
}

describe('a construct whose platform is the Connected App', () => {
  it('is a null_resource with every field as a trigger, its certificate by fingerprint alone', () => {
    const triggers = resources(Engine.NULL)['null_resource']?.['prod_Feed']?.['triggers'];
    expect(triggers).toMatchObject({
      'app.label': 'Feed',
      'app.certificate_fingerprint': expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      'oauth_config.is_pkce_required': 'true',
      'oauth_policy.refresh_token_policy': 'specific_inactivity:30:DAYS',
      'app.permission_set_name': 'Feed_Access',
    });
    expect(JSON.stringify(triggers)).not.toContain('MII');
  });

  it('is a resource of its own type with the provider', () => {
    const app = resources(Engine.PROVIDER)['salesforce_connected_app']?.['prod_Feed'];
    expect(app).toMatchObject({ api_name: 'Feed', oauth_config: { is_pkce_required: true } });
  });

  it('shares the names of the org with every other app', () => {
    const app = program();
    const org = orgIn(app);
    new MachineApp(org, 'Feed', props);
    new PrivateClientApp(org, 'FEED', privateProps);
    expect(diagnosticsOf(app)).toMatchObject([{ code: 'duplicate-api-name' }]);
  });
});
