import { Engine, PermittedUsers, Platform, PrivateClientApp, SalesforceOrg, Scope } from '../../constructs';
import type { Emulator } from '../../lib/emulator';
import { packageXml } from '../../lib/metadata/package/package-xml';
import { deployAs, deploys, type Ended, fastOrg, login, mobile, portal, type Project, project, TODAY } from './support';

const NS = 'xmlns="http://soap.sforce.com/2006/04/metadata"';

let here: Project;
let salesforce: Emulator;
beforeEach(async () => {
  here = project();
  here.write('seed/connectedApps/Legacy.connectedApp', LEGACY);
  salesforce = await fastOrg({ seedDir: here.path('seed') });
  declares((org) => {
    org.oauthSettings({ allowCodeAndCredentialsFlow: true });
    portal(org, 'headless');
    mobile(org);
  });
});
afterEach(async () => {
  await salesforce.close();
  here.remove();
});

const client = (commandLine: string, answer?: string, onQuestion?: (question: string) => void): Promise<Ended> =>
  here.run(commandLine, {
    environment: login(salesforce),
    ...(answer !== undefined && { answer }),
    ...(onQuestion && { onQuestion }),
  });
const declares = (declare: (org: SalesforceOrg) => unknown): void =>
  here.synth((stack) =>
    declare(new SalesforceOrg(stack, 'prod', { contactEmail: 'iam@acme.example', engine: Engine.NULL, today: TODAY })),
  );
const legacy = (org: SalesforceOrg) =>
  new PrivateClientApp(org, 'Legacy', {
    label: 'Legacy',
    platform: Platform.CONNECTED_APP,
    adopt: true,
    callbackUrls: ['https://legacy.acme.example/callback'],
    scopes: [Scope.API],
    permittedUsers: PermittedUsers.selfAuthorized(),
  });
const LEGACY = `<ConnectedApp ${NS}><contactEmail>a@acme.example</contactEmail><label>Legacy</label><oauthConfig><callbackUrl>https://legacy.acme.example/callback</callbackUrl><scopes>Api</scopes></oauthConfig></ConnectedApp>`;

describe('client-apps destroy', () => {
  it('deletes every app of the code once the name of the org is typed, and keeps a receipt', async () => {
    await client('apply --auto-approve');
    const questions: string[] = [];
    const written = deploys(salesforce);
    for (const answer of ['yes', 'y', 'PROD']) {
      const refused = await client('destroy', answer, (question) => questions.push(question));
      expect(refused.stderr).toContain('Not approved: nothing was deleted in prod.');
      expect(refused.code).toBe(1);
    }
    expect(questions[0]).toContain('Delete 2 of the apps of prod permanently? Only "prod" will be accepted');
    expect(deploys(salesforce)).toBe(written);

    const { code, stdout } = await client('destroy', 'prod');
    expect(stdout).toContain('- Mobile: deleted');
    expect(stdout).toContain('- Portal: deleted');
    expect(code).toBe(0);
    expect(JSON.parse(here.read('.client-apps/receipts/identity__prod.json'))).toMatchObject({
      apps: [
        { api_name: 'Mobile', action: 'deleted' },
        { api_name: 'Portal', action: 'deleted' },
      ],
    });
    const again = await client('destroy', 'prod');
    expect(again.stdout).toContain('ExternalClientApplication:Portal is declared, and is not in the org');
    expect(again).toMatchObject({ code: 0 });
    // Their deletion was asked for, so nothing has to allow that they are made again.
    expect((await client('plan')).stdout).toContain('2 to create');
  });

  it('unattended deletes nothing as long as one app is not named, and --all names them', async () => {
    await client('apply --auto-approve');
    for (const how of ['', '--allow-delete Mobile']) {
      const { code, stderr } = await client(`destroy --auto-approve ${how}`);
      expect(stderr).toContain('Portal would be deleted along with its consumer key, but was not named');
      expect(stderr).toContain('prod: nothing was deleted.');
      expect(stderr.includes('Mobile would be deleted')).toBe(how === '');
      expect(code).toBe(1);
    }
    expect((await client('destroy --auto-approve --allow-delete Mobile --allow-delete prod/Portal')).stdout).toContain(
      '- Portal: deleted',
    );
    await client('apply --auto-approve');
    expect((await client('destroy --auto-approve --all')).stdout).toContain('- Mobile: deleted');
    expect((await client('destroy --auto-approve --all --dry-run')).stdout).toContain('The org has none.');
  });

  it('asks for a terminal before it reads anything', async () => {
    const { code, stderr } = await client('destroy');
    expect(stderr).toContain('--auto-approve with --allow-delete for each app, or with --all');
    expect(code).toBe(1);
    expect(salesforce.calls()).toEqual([]);
  });

  it('says what it would delete and what stays, and --dry-run deletes nothing', async () => {
    await client('apply --auto-approve');
    const written = deploys(salesforce);
    const { code, stdout } = await client('destroy --dry-run');
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      '- Portal will be deleted along with its consumer key; all its clients stop working and its tokens are revoked. No metadata that was read names it. Not evaluated: Apex, flows',
    );
    expect(stdout).toContain(
      'Left as they are: org settings, custom scopes, token exchange handlers, permission sets, 1 other app.',
    );
    expect(stdout).not.toContain('Legacy');
    expect(code).toBe(0);
    expect(deploys(salesforce)).toBe(written);
  });

  it('leaves an app that the code declares and does not own, and says so by exit code 2', async () => {
    await client('apply --auto-approve');
    declares((org) => [mobile(org), legacy(org)]);
    const { code, stdout } = await client('destroy --auto-approve --all');
    expect(stdout).toContain(
      'ConnectedApp:Legacy is declared, but its description in the org does not say that we manage it: it stays',
    );
    // No longer declared, and still of this code.
    expect(stdout).toContain('- Portal: deleted');
    expect(code).toBe(2);
  });

  it('deletes a Connected App only if it is named', async () => {
    declares((org) => [mobile(org), legacy(org)]);
    expect(await client('apply --auto-approve --allow widens --fail-on none')).toMatchObject({ code: 0 });
    const all = await client('destroy --auto-approve --all');
    expect(all.stdout).toContain(
      'ConnectedApp:Legacy stays; to delete it, name it: --allow-delete ConnectedApp:Legacy',
    );
    expect(all.stdout).toContain('- Mobile: deleted');
    expect(all.stdout).not.toContain('- Legacy: deleted');
    expect(all.code).toBe(2);
    const named = await client('destroy --auto-approve --allow-delete ConnectedApp:Legacy');
    expect(named.stdout).toContain('- Legacy: deleted');
    expect(named.code).toBe(0);
  });

  it('deletes no app of an org in which one is named by other metadata', async () => {
    await client('apply --auto-approve');
    await deployAs(
      salesforce,
      new Map([
        ['package.xml', packageXml(new Map([['CustomPermission', ['Invoices']]]), 66)],
        [
          'customPermissions/Invoices.customPermission',
          `<CustomPermission ${NS}><externalClientApplication>Portal</externalClientApplication><isLicensed>false</isLicensed><label>I</label></CustomPermission>`,
        ],
      ]),
    );
    const written = deploys(salesforce);
    const { code, stdout } = await client('destroy', 'prod');
    expect(stdout).toContain('Portal cannot be deleted; nothing will be deleted in this org');
    expect(stdout).toContain('custom permission Invoices');
    expect(code).toBe(1);
    expect(deploys(salesforce)).toBe(written);
  });
});
