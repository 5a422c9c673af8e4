import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { App, TerraformStack } from 'cdktf';

import { SalesforceOrg } from '../../constructs';
import { diagnosticsOf } from '../../constructs/testing';
import { ILLEGAL_DECLARATIONS, statementOf } from '../types/illegal-declarations';
import type { Check, Surroundings } from './flow-support';
import { OTHER_FLOWS } from './flow-table-others';
import { USER_FLOWS } from './flow-table-users';
import { bench, codes, declared, TODAY } from './support';

const made: string[] = [];
const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'client-apps-flows-'));
  made.push(path);
  return path;
};
afterAll(() => made.forEach((path) => rmSync(path, { recursive: true, force: true })));

const NS = 'xmlns="http://soap.sforce.com/2006/04/metadata"';

/** A seed directory for the emulated org. */
function seedOf({ org = {}, oauthOidc, site }: Surroundings): string {
  const seed = folder();
  const write = (directory: string, name: string, xml: string): void => {
    mkdirSync(join(seed, directory), { recursive: true });
    writeFileSync(join(seed, directory, name), xml);
  };
  writeFileSync(join(seed, 'org.json'), JSON.stringify(org));
  if (oauthOidc !== undefined) {
    write('settings', 'OauthOidc.settings', `<OauthOidcSettings ${NS}>${oauthOidc}</OauthOidcSettings>`);
  }
  if (site !== undefined) {
    const texts = ['changePasswordTemplate', 'emailSenderAddress', 'emailSenderName', 'forgotPasswordTemplate']
      .concat('site', 'welcomeTemplate')
      .map((name) => `<${name}>x</${name}>`);
    const rest = '<status>Live</status><tabs><defaultTab>home</defaultTab></tabs>';
    const settings = `<networkAuthApiSettings>${site}</networkAuthApiSettings>`;
    write('networks', 'Site.network', `<Network ${NS}>${texts.join('')}${rest}${settings}</Network>`);
  }
  return seed;
}

function synthCodes({ declare, apiVersion }: Extract<Check, { at: 'synth' }>): readonly string[] {
  const app = new App({ outdir: folder() });
  const props = { contactEmail: 'iam@acme.example', today: TODAY, ...(apiVersion !== undefined && { apiVersion }) };
  declare(new SalesforceOrg(new TerraformStack(app, 'identity'), 'prod', props));
  return codes(diagnosticsOf(app));
}

async function planCodes({ declare, in: around = {}, today = TODAY }: Extract<Check, { at: 'plan' }>) {
  const salesforce = await bench({ seedDir: seedOf(around) });
  try {
    return codes((await salesforce.plan(declared(declare), {}, { today })).diagnostics);
  } finally {
    await salesforce.close();
  }
}

/** Those of TypeScript alone, and those that HCL refuses as well. */
const illegal = [
  readFileSync(join(__dirname, '../types/illegal-states.ts'), 'utf8'),
  ...ILLEGAL_DECLARATIONS.map(statementOf),
].join('\n');
const cases = [...USER_FLOWS, ...OTHER_FLOWS].flatMap(({ flow, prerequisite, checks }) =>
  checks.map((check) => ({
    flow,
    prerequisite,
    at: check.at,
    says: check.at === 'types' ? check.refuses : check.says,
    check,
  })),
);

describe('a prerequisite of a flow', () => {
  it.each(cases)('$flow needs $prerequisite: checked by $at ($says)', async ({ check }) => {
    if (check.at === 'types') expect(illegal).toContain(check.refuses);
    else expect(check.at === 'synth' ? synthCodes(check) : await planCodes(check)).toContain(check.says);
  });
});
