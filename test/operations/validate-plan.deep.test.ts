import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
  OauthCustomScope,
  OauthTokenExchangeHandler,
  PermittedUsers,
  PublicClientApp,
  Scope,
  TokenType,
  Username,
} from '../../constructs';
import type { Manifest } from '../../lib/metadata/manifest';
import { readAndDraft } from '../../lib/operations/plan-org';
import { validatePlan } from '../../lib/operations/validate-plan';
import { NO_CONSENTS } from '../../lib/plan/plan';
import type { Diagnostic } from '../../lib/values/diagnostic';
import { type Bench, bench, declared, TODAY, twoApps } from './support';

const justification = { reason: 'A partner', approvedBy: 'ciso@acme.example', expires: '2027-05-31' };

const mobile = (): Manifest =>
  declared((org) => {
    new PublicClientApp(org, 'Mobile', {
      label: 'Mobile',
      callbackUrls: ['mobile://oauth'],
      scopes: [Scope.API],
      permittedUsers: PermittedUsers.selfAuthorized(),
    });
  });

let org: Bench;
let seedDir: string;
beforeEach(async () => {
  seedDir = mkdtempSync(join(tmpdir(), 'client-apps-seed-'));
  writeFileSync(join(seedDir, 'org.json'), JSON.stringify({ apexClasses: [{ name: 'PartnerTokens' }] }));
  org = await bench({ seedDir });
});
afterEach(async () => {
  await org.close();
  rmSync(seedDir, { recursive: true, force: true });
});

async function validated(manifest: Manifest): Promise<readonly Diagnostic[]> {
  const input = { org: org.org, manifest, consents: NO_CONSENTS, today: TODAY };
  const { draft } = await readAndDraft(input);
  return validatePlan({ ...input, draft });
}

describe('a validation by Salesforce', () => {
  it('accepts what apply would deploy, and keeps nothing of it', async () => {
    expect(await validated(mobile())).toEqual([]);
    expect((await org.plan(mobile())).apps).toMatchObject([{ action: 'create' }]);
  });

  it('tells what Salesforce refuses beside the construct that caused it', async () => {
    const problem = 'Invalid plugin settings';
    org.emulator.faults.failNext({ operation: 'deploy' }, { kind: 'deploy-fails', fullName: 'Mobile', problem });
    expect(await validated(mobile())).toMatchObject([
      { code: 'deploy-failed', path: 'identity/prod/Mobile', problem: expect.stringContaining(problem) as string },
    ]);
  });

  it('says that apps wait for org settings which this plan opens', async () => {
    expect(await validated(declared(twoApps))).toMatchObject([
      { code: 'phase-not-validated', severity: 'note', problem: expect.stringContaining('org settings') as string },
    ]);
  });

  it('says that apps wait for scopes, and handlers for apps; once those are there, all is judged', async () => {
    const program = (label: string): Manifest =>
      declared((prod) => {
        const scope = new OauthCustomScope(prod, 'orders', { label: 'Orders', description: 'Orders' });
        const app = new PublicClientApp(prod, 'Mobile', {
          label: 'Mobile',
          callbackUrls: ['mobile://oauth'],
          scopes: [Scope.API],
          customScopes: [scope],
          permittedUsers: PermittedUsers.selfAuthorized(),
          tokenExchange: { enabled: true, justification },
        });
        new OauthTokenExchangeHandler(prod, 'Partner', {
          label,
          description: 'x',
          apexClass: 'PartnerTokens',
          accepts: [TokenType.JWT],
          enabledFor: [{ app, runAs: Username.of('admin@emulator.example') }],
        });
      });
    expect(await validated(program('Partner'))).toMatchObject([
      { code: 'phase-not-validated', problem: expect.stringContaining('custom scopes') as string },
      { code: 'phase-not-validated', problem: expect.stringContaining('token exchange handlers') as string },
    ]);
    await org.apply(program('Partner'));
    org.emulator.faults.failNext({ operation: 'deploy' }, { kind: 'deploy-fails', fullName: 'Partner' });
    expect(await validated(program('Partner of ours'))).toMatchObject([
      { code: 'deploy-failed', path: 'identity/prod/Partner' },
    ]);
    expect(await validated(program('Partner of ours'))).toEqual([]);
  });
});
