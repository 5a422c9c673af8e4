import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Engine, PublicClientApp, type SalesforceOrgProps } from '../../constructs';
import { codes, orgIn, program, publicProps, removeTemporaryFolders, temporaryFolder, thrownBy } from './support';

afterEach(removeTemporaryFolders);

interface Written {
  readonly check?: Readonly<Record<string, { readonly assert: readonly Readonly<Record<string, string>>[] }>>;
  readonly provider?: { readonly salesforce: readonly Readonly<Record<string, unknown>>[] };
  readonly resource: {
    readonly null_resource: Readonly<
      Record<
        string,
        {
          readonly triggers: Readonly<Record<string, string>>;
          readonly provisioner?: readonly Readonly<Record<string, { readonly command: string }>>[];
        }
      >
    >;
  };
}

function synthesize(props: SalesforceOrgProps): Written {
  const outdir = temporaryFolder();
  const app = program({ outdir });
  new PublicClientApp(orgIn(app, props), 'FieldApp', publicProps);
  app.synth();
  return JSON.parse(readFileSync(join(outdir, 'stacks/identity/cdk.tf.json'), 'utf8')) as Written;
}

describe('the null engine', () => {
  it('has a check block for the org that reads the drift report beside the manifest', () => {
    const assertion = synthesize({ engine: Engine.NULL }).check?.['prod_drift']?.assert[0];
    expect(assertion?.['condition']).toContain('${path.module}/client-apps/prod/drift.json');
    expect(assertion?.['error_message']).toContain('The org prod is not as its code declares');
    expect(synthesize({ engine: Engine.PROVIDER }).check).toBeUndefined();
  });

  it('takes drift for a reason to apply only where reapplyOnDrift says so', () => {
    const apply = (props: SalesforceOrgProps) =>
      synthesize({ engine: Engine.NULL, ...props }).resource.null_resource['prod_apply'];
    const command = (props: SalesforceOrgProps) => apply(props)?.provisioner?.[0]?.['local-exec']?.command;
    expect(Object.keys(apply({})?.triggers ?? {})).not.toContain('drift_to_undo');
    expect(apply({ reapplyOnDrift: true })?.triggers['drift_to_undo']).toContain('drift.json');
    expect(command({})).not.toContain('--reapply-on-drift');
    expect(command({ reapplyOnDrift: true })).toContain('--from-terraform --reapply-on-drift');
  });
});

describe('failOn', () => {
  it('is the same consent with either engine: of the command that Terraform runs, or of the provider', () => {
    const command = (props: SalesforceOrgProps) =>
      synthesize({ engine: Engine.NULL, ...props }).resource.null_resource['prod_apply']?.provisioner?.[0]?.[
        'local-exec'
      ]?.command;
    expect(command({})).not.toContain('--fail-on');
    expect(command({ failOn: 'critical' })).toMatch(/ --from-terraform --fail-on critical$/);
    expect(command({ failOn: 'none', reapplyOnDrift: true })).toMatch(/ --reapply-on-drift --fail-on none$/);
    expect(synthesize({ failOn: 'low' }).provider?.salesforce[0]).toMatchObject({ fail_on: 'low' });
    expect(synthesize({}).provider?.salesforce[0]).not.toHaveProperty('fail_on');
  });

  it('is a severity, and nothing that a shell would read', () => {
    const app = program();
    const props = { engine: Engine.NULL, failOn: 'high; rm -rf /' } as unknown as SalesforceOrgProps;
    new PublicClientApp(orgIn(app, props), 'FieldApp', publicProps);
    expect(codes(thrownBy(() => app.synth()))).toContain('wrong-type identity/prod');
  });
});

describe('reapplyOnDrift', () => {
  it('has no place with the provider engine, which plans the repair itself', () => {
    const app = program();
    new PublicClientApp(orgIn(app, { reapplyOnDrift: true }), 'FieldApp', publicProps);
    expect(codes(thrownBy(() => app.synth()))).toContain('option-of-another-engine identity/prod');
  });

  it('is a boolean', () => {
    const app = program();
    const props = { engine: Engine.NULL, reapplyOnDrift: 'yes' } as unknown as SalesforceOrgProps;
    new PublicClientApp(orgIn(app, props), 'FieldApp', publicProps);
    expect(codes(thrownBy(() => app.synth()))).toContain('wrong-type identity/prod');
  });
});
