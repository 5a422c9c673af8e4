import type { Emulator } from '../../lib/emulator';
import { fastOrg, login, mobile, org, portal, type Project, project } from './support';

let here: Project;
let salesforce: Emulator;
let environment: Readonly<Record<string, string>>;
beforeAll(async () => {
  here = project();
  here.synth((stack) => {
    const parent = org(stack);
    portal(parent);
    mobile(parent);
  });
  salesforce = await fastOrg({ seedDir: 'ten-years' });
  environment = login(salesforce);
  await here.run('apply --auto-approve', { environment });
});
afterAll(async () => {
  await salesforce.close();
  here.remove();
});

/** What was typed, and what must have been meant. */
const MISSPELLED: readonly (readonly [what: string, line: string, meant: string])[] = [
  ['command', 'plna', 'plan'],
  ['command below another', 'schema dif 60 68', 'diff'],
  ['option', 'plan --detailed-exit-code', '--detailed-exitcode'],
  ['org', 'plan --org prdo', 'prod'],
  ['org of doctor', 'doctor prdo', 'prod'],
  ['app to target', 'plan --target Prtal', 'Portal'],
  ['app to leave alone', 'plan --except Mobil', 'Mobile'],
  ['app to adopt', 'plan --adopt Portl', 'Portal'],
  ['app to delete', 'destroy --dry-run --allow-delete Mobil', 'Mobile'],
  ['app to stop', 'stop Portl --dry-run', 'Portal'],
  ['app to revoke', 'revoke "Chat Assistnt" --dry-run', 'Chat Assistant'],
  ['app of an incident', 'incident "Chat Assistnt" --plan', 'Chat Assistant'],
  ['app of usage', 'usage --app Portl', 'Portal'],
  ['app to prove', 'prove Portl', 'Portal'],
  ['control', 'explain SFCA-ECA-PKC', 'SFCA-ECA-PKCE'],
  ['field', 'explain isPkceRequird', 'isPkceRequired'],
  ['option of an app', 'explain callbackUrlss', 'callbackUrls'],
  ['code of an error', 'explain adoption-neded', 'adoption-needed'],
  ['severity', 'plan --fail-on hihg', 'high'],
  ['format', 'audit --format sarf', 'sarif'],
  ['format of status', 'status --format jsn', 'json'],
  ['format of show', 'show plan.json --format markdwn', 'markdown'],
  ['effect', 'plan --deny widen', 'widens'],
  ['grouping', 'audit --by contrl', 'control'],
  ['webhook', 'drift --webhook slak', 'slack'],
  ['profile', 'emulate --profile developr', 'developer'],
  ['shell', 'completion bsh', 'bash'],
  ['forge', 'ci githb', 'github'],
  ['CDK', 'import --cdk cdkt', 'cdktf'],
];

describe('what is misspelled', () => {
  it.each(MISSPELLED)('%s: %s', async (_, line, meant) => {
    const { code, stderr } = await here.run(line, { environment });
    expect(code).toBe(1);
    expect(stderr.replace(/\s+/g, ' ')).toMatch(new RegExp(`[Dd]id you mean (one of )?[^?]*${meant}\\b[^?]*\\?`));
  });

  it.each([
    ['setting', { recipts: 'here' }, 'receipts'],
    ['setting in other words', { failon: 'high' }, 'fail_on'],
  ])('%s of client-apps.config.json', async (_, config, meant) => {
    here.write('client-apps.config.json', JSON.stringify({ format_version: '1.0', ...config }));
    const { code, stderr } = await here.run('plan', { environment });
    here.write('client-apps.config.json', JSON.stringify({ format_version: '1.0' }));
    expect(code).toBe(1);
    expect(stderr).toContain(`did you mean ${meant}?`);
  });
});
