import type { Manifest } from '../../constructs/testing';
import { startEmulator } from '../../lib/emulator';
import { files, removeTemporaryFolders, temporaryFolder, terraformJson } from './support';

afterEach(removeTemporaryFolders);

function runQuickstart(): string {
  const outdir = temporaryFolder();
  const before = process.env['CDKTF_OUTDIR'];
  process.env['CDKTF_OUTDIR'] = outdir;
  try {
    jest.isolateModules(() => {
      jest.requireActual('../../examples/quickstart/main');
    });
  } finally {
    if (before === undefined) delete process.env['CDKTF_OUTDIR'];
    else process.env['CDKTF_OUTDIR'] = before;
  }
  return outdir;
}

describe('the quickstart', () => {
  it('declares an app of each kind and what the org must allow', () => {
    const written = files(runQuickstart());
    const text = written.get('stacks/identity/client-apps/prod/manifest.json') ?? '';
    const manifest = JSON.parse(text) as Manifest;
    expect(manifest.apps.map(({ api_name, kind }) => `${api_name} ${kind}`)).toEqual([
      'BillingSync machine',
      'FieldApp public',
      'PartnerPortal private',
    ]);
    expect(manifest.apps[0]?.exceptions).toEqual([expect.objectContaining({ option: 'clientCredentials' })]);
    expect(manifest.settings.map(({ type }) => type)).toEqual(['OauthOidcSettings']);
  });

  it('keeps its Terraform state by a relative path outside cdktf.out', () => {
    const json = terraformJson(runQuickstart()) as unknown as {
      readonly terraform: { readonly backend: unknown };
    };
    expect(json.terraform.backend).toEqual({ local: { path: '../../../terraform.identity.tfstate' } });
  });

  it('gives the same bytes every time, and none of them is a private key', () => {
    const first = files(runQuickstart());
    expect(files(runQuickstart())).toEqual(first);
    for (const content of first.values()) expect(content).not.toContain('PRIVATE KEY');
  });

  it('comes with a local org that has what it names', async () => {
    const emulator = await startEmulator({ seedDir: 'examples/quickstart/org-seed' });
    try {
      const query = encodeURIComponent(
        "SELECT Name FROM PermissionSet WHERE Name IN ('Billing_Sync_Access', 'Partner_Portal_Access')",
      );
      const response = await fetch(`${emulator.url}/services/data/v66.0/query?q=${query}`, {
        headers: { authorization: `Bearer ${emulator.accessToken}` },
      });
      const text = await response.text();
      expect(text).toContain('Billing_Sync_Access');
      expect(text).toContain('Partner_Portal_Access');
    } finally {
      await emulator.close();
    }
  });
});
