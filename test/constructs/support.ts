import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { App, type AppConfig, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';

import {
  Certificate,
  type ClientAppsError,
  isClientAppsError,
  MachineApp,
  PermittedUsers,
  PrivateClientApp,
  PublicClientApp,
  SalesforceOrg,
  type SalesforceOrgProps,
  Scope,
  Username,
} from '../../constructs';

export const DEMO_CERTIFICATE = 'examples/quickstart/certs/billing-sync.crt';

const made: string[] = [];

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'client-apps-'));
  made.push(folder);
  return folder;
}

export function removeTemporaryFolders(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}
// Whoever makes programs in passing need not think of their folders.
afterAll(removeTemporaryFolders);

export function program(config: AppConfig = {}): App {
  return new App({ outdir: temporaryFolder(), ...config });
}

export function orgIn(
  app: Construct,
  props: SalesforceOrgProps = {},
  stack = 'identity',
  name = 'prod',
  Stack: new (scope: Construct, id: string) => Construct = TerraformStack,
): SalesforceOrg {
  return new SalesforceOrg(new Stack(app, stack), name, {
    contactEmail: 'iam@acme.example',
    today: '2026-07-01',
    ...props,
  });
}

export const justification = { reason: 'Old client', approvedBy: 'sec@acme.example', expires: '2027-01-31' };

export const privateProps = {
  label: 'Portal',
  callbackUrls: ['https://portal.acme.example/cb'],
  scopes: [Scope.API],
  permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Portal_Access'] }),
} as const;

export const publicProps = {
  label: 'Field App',
  callbackUrls: ['fieldapp://oauth'],
  scopes: [Scope.API],
  permittedUsers: PermittedUsers.selfAuthorized(),
} as const;

export const machineProps = {
  label: 'Feed',
  scopes: [Scope.API],
  permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Feed_Access'] }),
  certificate: Certificate.fromFile(DEMO_CERTIFICATE),
  clientCredentials: { runAs: Username.of('feed@acme.example'), justification },
} as const;

/** The constructor as an untyped JavaScript program sees it. */
export function untyped(constructor: unknown): new (...args: unknown[]) => unknown {
  return constructor as new (...args: unknown[]) => unknown;
}

/** The error thrown by the action; fails where none of ours is thrown. */
export function thrownBy(action: () => unknown): ClientAppsError {
  try {
    action();
  } catch (error) {
    if (isClientAppsError(error)) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

export const codes = (error: ClientAppsError): readonly string[] =>
  error.diagnostics.map(({ code, path }) => `${code} ${path}`);

/** Every file below the folder with its content, but for the program that Terraform runs. */
export function files(folder: string): ReadonlyMap<string, string> {
  if (!existsSync(folder)) return new Map();
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: false });
  return new Map(
    entries
      .map((path) => path.replaceAll('\\', '/'))
      .sort()
      .filter((path) => !path.includes('/terraform.d/'))
      .flatMap((path) => {
        try {
          return [[path, readFileSync(join(folder, path), 'utf8')] as const];
        } catch {
          return []; // a folder
        }
      }),
  );
}

interface TerraformJson {
  readonly provider: Readonly<Record<string, readonly unknown[]>>;
  readonly resource: {
    readonly null_resource: Readonly<
      Record<
        string,
        {
          readonly triggers: Readonly<Record<string, string>>;
          readonly depends_on?: readonly string[];
          readonly lifecycle: unknown;
          readonly provisioner?: readonly unknown[];
        }
      >
    >;
  };
}

export function terraformJson(outdir: string, stack = 'identity'): TerraformJson {
  return JSON.parse(readFileSync(join(outdir, 'stacks', stack, 'cdk.tf.json'), 'utf8')) as TerraformJson;
}

/** A program with an app of each kind. */
export function threeApps(outdir = temporaryFolder(), props: SalesforceOrgProps = {}) {
  const app = program({ outdir });
  const prod = orgIn(app, props);
  prod.oauthSettings({ allowCodeAndCredentialsFlow: true });
  new PrivateClientApp(prod, 'Portal', { ...privateProps, codeAndCredentials: {} });
  new PublicClientApp(prod, 'FieldApp', publicProps);
  new MachineApp(prod, 'Feed', machineProps);
  return { app, prod };
}
