import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { TerraformVariable } from 'cdktf';

import { PermittedUsers, PublicClientApp, SalesforceOrg, Scope } from '../../constructs';
import { digest } from '../../lib/metadata/digest';
import { type Manifest, manifestDigest } from '../../lib/metadata/manifest';
import type { OrgProof } from '../../lib/proof/report';
import { type Project, project, TODAY } from './support';

let here: Project;
beforeEach(() => {
  here = project();
});
afterEach(() => here.remove());

const OPENS = {
  enabled: false,
  justification: { reason: 'Two devices share one token', approvedBy: 'security@acme.example', expires: '2027-06-30' },
};

function declare(names: readonly string[], more: { readonly refreshTokenRotation?: typeof OPENS } = {}): void {
  here.synth((stack) => {
    const org = new SalesforceOrg(stack, 'prod', { contactEmail: 'iam@acme.example', today: TODAY });
    for (const name of names) {
      new PublicClientApp(org, name, {
        label: name,
        callbackUrls: ['kiosk://oauth'],
        scopes: [Scope.OPENID, Scope.REFRESH_TOKEN],
        permittedUsers: PermittedUsers.selfAuthorized(),
        ...more,
      });
    }
  });
}

it('says for each app what was tried and what the org did, without a login to any org', async () => {
  declare(['Kiosk', 'Scanner']);
  const { code, stdout } = await here.run('prove --no-synth');
  expect(code).toBe(0);
  expect(stdout).toContain('Kiosk (External Client App, public client)');
  expect(stdout).toContain('ok            refused  trade a stolen code without its verifier');
  expect(stdout).toContain('ok            granted  come back with the refresh token, three times');
  expect(stdout).toMatch(/\d+ attacks refused, \d+ uses granted\.\nTried on the built-in org/);
  // What the org said is for those who ask, or where something is wrong.
  expect(stdout).not.toContain('invalid code verifier');
  expect((await here.run('prove --no-synth --verbose')).stdout).toContain('invalid_grant: invalid code verifier');
});

it('shows what went over the wire to those who ask, with every key, secret and token marked', async () => {
  declare(['Kiosk']);
  const { stdout } = await here.run('prove Kiosk --no-synth --wire');
  expect(stdout).toContain('> POST /services/oauth2/token');
  expect(stdout).toContain('>   grant_type=refresh_token');
  expect(stdout).toMatch(/> {3}refresh_token=<refresh_token \d+>/);
  expect(stdout).toMatch(/< 400 \{"error":"invalid_grant","error_description":"invalid code verifier"\}/);
  expect(stdout).toContain(`code_verifier=${'x'.repeat(43)}`);
  for (const format of ['text', 'json', 'markdown', 'junit']) {
    const report = (await here.run(`prove Kiosk --no-synth --wire --format ${format}`)).stdout;
    expect(report).not.toMatch(/EMULATOR|3MVG9|eyJ|password=emulator/);
    expect(report).toMatch(/consumer key/);
  }
});

it('tries one app alone, and names the nearest for a name that no program declares', async () => {
  declare(['Kiosk', 'Scanner']);
  const one = await here.run('prove Kiosk --no-synth');
  expect(one.stdout).not.toContain('Scanner');
  const wrong = await here.run('prove Kiosc --no-synth');
  expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining('did you mean Kiosk?')]);
});

it('says of an app with a value that only Terraform knows that it was not evaluated, and proves the others', async () => {
  here.synth((stack) => {
    const org = new SalesforceOrg(stack, 'prod', { contactEmail: 'iam@acme.example', today: TODAY });
    const later = new TerraformVariable(stack, 'callback', {}).stringValue;
    for (const [name, url] of [
      ['Kiosk', 'kiosk://oauth'],
      ['Later', later],
    ] as const) {
      new PublicClientApp(org, name, {
        label: name,
        callbackUrls: [url],
        scopes: [Scope.OPENID],
        permittedUsers: PermittedUsers.selfAuthorized(),
      });
    }
  });
  const { code, stdout } = await here.run('prove --no-synth');
  expect(code).toBe(0);
  expect(stdout).toContain('granted  log in with PKCE');
  expect(stdout.slice(stdout.indexOf('Later ('))).toMatch(
    /^Later [^\n]*\n\s+not evaluated, [^\n]*callbackUrl, whose value only Terraform knows/,
  );
});

it('says what the org would refuse to take, before it tries anything', async () => {
  declare(['Kiosk'], { refreshTokenRotation: OPENS });
  const { code, stdout, stderr } = await here.run('prove --no-synth', { today: '2027-07-01' });
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain('identity/prod/Kiosk (refreshTokenRotation): the justification expired on 2027-06-30');
  expect(stderr).not.toContain('Stranger');
});

it('ends with 3 where something that must be refused is granted', async () => {
  declare(['Kiosk']);
  const path = here.path('cdktf.out/stacks/identity/client-apps/prod/manifest.json');
  const { digest: _, ...body } = JSON.parse(readFileSync(path, 'utf8')) as Manifest;
  // What a synth with a defect could write: it fits its digests.
  const apps = body.apps.map((app) => {
    const components = app.components.map((component) => {
      const field = component.fields['isRefreshTokenRotationEnabled'];
      const weak = field && { isRefreshTokenRotationEnabled: { ...field, value: false } };
      return { ...component, fields: { ...component.fields, ...weak } };
    });
    return { ...app, components, digest: digest(components) };
  });
  here.write('weak.json', JSON.stringify({ ...body, apps, digest: manifestDigest({ ...body, apps }) }));
  const { code, stdout } = await here.run('prove --manifest weak.json');
  expect(stdout).toContain('VIOLATED      granted  use a refresh token that was used before');
  expect(stdout).toContain('this must be refused: the declaration lets it through');
  expect(code).toBe(3);
});

it.each(['json', 'junit', 'markdown'])('reports as %s', async (format) => {
  declare(['Kiosk'], { refreshTokenRotation: OPENS });
  const { code, stdout } = await here.run(`prove --no-synth --format ${format}`);
  expect(code).toBe(0);
  if (format === 'json') {
    const ajv = addFormats(new Ajv2020({ strict: true, allErrors: true }));
    const validate = ajv.compile(JSON.parse(readFileSync(join(__dirname, '../../schemas/proof.schema.json'), 'utf8')));
    const report = JSON.parse(stdout) as { readonly orgs: readonly OrgProof[] };
    expect([validate(report), validate.errors]).toEqual([true, null]);
    const reused = report.orgs[0]?.apps[0]?.results.find((result) => result.case === 'refresh-reused');
    expect(reused).toMatchObject({ outcome: 'excepted', granted: true, excepted_until: '2027-06-30' });
  } else if (format === 'junit') {
    expect(stdout).toContain('<testsuite name="Kiosk (External Client App, public client)"');
    expect(stdout).toMatch(/<skipped message="exception; a recorded exception allows it until 2027-06-30/);
  } else {
    expect(stdout).toContain('### `prod: Kiosk (External Client App, public client)`');
    expect(stdout).toMatch(/\| exception +\| use a refresh token that was used before/);
  }
});
