import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { App, TerraformStack } from 'cdktf';

import {
  PermittedUsers,
  PrivateClientApp,
  PublicClientApp,
  SalesforceOrg,
  type SalesforceOrgProps,
  Scope,
} from '../../constructs';
import { synthManifests } from '../../constructs/testing';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../lib/emulator';
import type { Manifest } from '../../lib/metadata/manifest';
import { type ApplyInput, applyPlan } from '../../lib/operations/apply-plan';
import { detectDrift } from '../../lib/operations/detect-drift';
import { type PlanInput, planOrg } from '../../lib/operations/plan-org';
import type { OrgDrift, OrgReceipt } from '../../lib/operations/types';
import { connect } from '../../lib/org/connect';
import type { Org, RetrieveRequest } from '../../lib/org/org';
import { type Consents, NO_CONSENTS, type OrgPlan } from '../../lib/plan/plan';
import { type Diagnostic, isClientAppsError } from '../../lib/values/diagnostic';

export const TODAY = '2026-11-21';
export const SEED = join(__dirname, '../../examples/quickstart/org-seed');

/** Manifest of a program: the callback declares into one org named `prod` in a stack named `identity`. */
export function declared(declare: (org: SalesforceOrg) => void, props: Partial<SalesforceOrgProps> = {}): Manifest {
  const outdir = mkdtempSync(join(tmpdir(), 'client-apps-'));
  try {
    const app = new App({ outdir });
    const stack = new TerraformStack(app, 'identity');
    declare(new SalesforceOrg(stack, 'prod', { contactEmail: 'iam@acme.example', today: TODAY, ...props }));
    const [manifest] = synthManifests(app);
    if (!manifest) throw new Error('the program declares no org');
    return manifest;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

export const callback = ['https://portal.acme.example/oauth/callback'] as const;

/** A portal with headless login and a mobile app, and the org settings they live with. */
export function twoApps(org: SalesforceOrg): void {
  org.oauthSettings({ allowCodeAndCredentialsFlow: true, requirePkce: true, blockUsernamePasswordFlow: true });
  new PrivateClientApp(org, 'Portal', {
    label: 'Portal',
    callbackUrls: callback,
    scopes: [Scope.API],
    permittedUsers: PermittedUsers.selfAuthorized(),
    codeAndCredentials: {},
  });
  new PublicClientApp(org, 'Mobile', {
    label: 'Mobile',
    callbackUrls: ['mobile://oauth'],
    scopes: [Scope.API],
    permittedUsers: PermittedUsers.selfAuthorized(),
  });
}

export interface Bench {
  readonly emulator: Emulator;
  readonly org: Org;
  plan(manifest: Manifest, consents?: Partial<Consents>, more?: Partial<PlanInput>): Promise<OrgPlan>;
  apply(manifest: Manifest, consents?: Partial<Consents>, more?: Partial<PlanInput & ApplyInput>): Promise<OrgReceipt>;
  drift(manifest: Manifest): Promise<OrgDrift>;
  /** The retrieved text of one component, by a client of its own. */
  file(type: string, member: string, path: string): Promise<string>;
  /** Replaces text in one component and deploys it, as an admin with another tool would. */
  tamper(type: string, member: string, path: string, from: RegExp, to: string): Promise<void>;
  close(): Promise<void>;
}

/** An emulated org and this library's operations on it. */
export async function bench(options: EmulatorOptions = {}): Promise<Bench> {
  const emulator = await startEmulator({
    ...options,
    switches: { deployMs: 0, unfinishedPolls: 0, ...options.switches },
  });
  const open = (): Promise<Org> =>
    connect(
      { kind: 'access-token', accessToken: emulator.accessToken, instanceUrl: emulator.url },
      { clock: { now: () => Date.now(), sleep: async () => new Promise((resolve) => setTimeout(resolve, 2)) } },
    );
  const org = await open();
  const admin = await open();
  const input = (manifest: Manifest, consents: Partial<Consents> = {}): PlanInput => ({
    org,
    manifest,
    consents: { ...NO_CONSENTS, ...consents },
    today: TODAY,
  });
  const one = (type: string, member: string): RetrieveRequest => ({
    apiVersion: 66,
    types: new Map([[type, [member]]]),
  });
  const file = async (type: string, member: string, path: string): Promise<string> => {
    const { files } = await admin.retrieve(one(type, member));
    const text = files.get(path);
    if (text === undefined) throw new Error(`${path} was not retrieved; there are ${[...files.keys()].join(', ')}`);
    return text;
  };
  return {
    emulator,
    org,
    file,
    plan: (manifest, consents, more) => planOrg({ ...input(manifest, consents), ...more }),
    apply: async (manifest, consents, more) => {
      const plan = await planOrg({ ...input(manifest, consents), ...more });
      return applyPlan({ org, plan, today: TODAY, approval: { reviewed: true }, ...more });
    },
    drift: (manifest) => detectDrift(input(manifest)),
    tamper: async (type, member, path, from, to) => {
      const before = await file(type, member, path);
      const after = before.replace(from, to);
      if (after === before) throw new Error(`nothing to replace in ${before}`);
      const { files } = await admin.retrieve(one(type, member));
      const outcome = await admin.deploy({
        files: new Map([...files, [path, after]]),
        apiVersion: 66,
        checkOnly: false,
      });
      if (outcome.status !== 'succeeded') throw new Error(JSON.stringify(outcome));
    },
    close: () => emulator.close(),
  };
}

/** The diagnostics an operation refused with; fails where it did not refuse. */
export async function refusal(
  running: Promise<unknown>,
): Promise<{ code: string; diagnostics: readonly Diagnostic[] }> {
  try {
    await running;
  } catch (error) {
    if (isClientAppsError(error)) return { code: error.code, diagnostics: error.diagnostics };
    throw error;
  }
  throw new Error('the operation did not refuse');
}

export const codes = (diagnostics: readonly Diagnostic[]): string[] => diagnostics.map(({ code }) => code);
