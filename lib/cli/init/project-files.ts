import type { OwnPackage } from '../../package-version';
import type { CdkName } from '../../values/cdk';
import { jsonText } from '../../values/ci-commands';
import { type Forge, workflowOf } from './forges';

export interface NewProject {
  /** The folder's name. */
  readonly name: string;
  readonly forge: Forge;
  /** What the program imports. */
  readonly cdk: CdkName;
  readonly own: OwnPackage;
  /** What npm installs as this package: a version, or where this copy came from. */
  readonly ownSource: string;
  /** `clients.ts` and the files that it imports, by path. */
  readonly program: ReadonlyMap<string, string>;
}

/** Every file of a new project, by its path in it. */
export function projectFiles({ name, forge, cdk, own, ownSource, program }: NewProject): ReadonlyMap<string, string> {
  return new Map([
    ['package.json', packageJson({ name, own, ownSource, cdk })],
    ['tsconfig.json', jsonText(TSCONFIG)],
    ['cdktf.json', jsonText({ language: 'typescript', app: 'npm run --silent synth' })],
    ['main.ts', mainOf(cdk)],
    ...program,
    ['clients.test.ts', testOf(cdk)],
    ['.gitignore', GITIGNORE],
    ...workflowOf(forge, own),
  ]);
}

/** The program of a project that begins without an org: one app, to try things out with. */
export const exampleOf = (cdk: CdkName): ReadonlyMap<string, string> =>
  new Map([
    [
      'clients.ts',
      `import { type App, TerraformStack } from '${cdk}';
import { PermittedUsers, PublicClientApp, SalesforceOrg, Scope } from 'cdktf-salesforce-client-apps';

/** The client apps of each org. This one is an example: replace it with yours. */
export function declareClients(app: App): void {
  const prod = new SalesforceOrg(new TerraformStack(app, 'identity'), 'prod', { contactEmail: 'iam@acme.example' });

  new PublicClientApp(prod, 'FieldApp', {
    label: 'Field App',
    callbackUrls: ['com.acme.fieldapp://oauth/callback'],
    scopes: [Scope.API, Scope.REFRESH_TOKEN],
    permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Field_App_Access'] }),
  });
}
`,
    ],
  ]);

const mainOf = (cdk: CdkName): string => `import { App } from '${cdk}';

import { declareClients } from './clients.js';

const app = new App();
declareClients(app);
app.synth();
`;

const testOf = (cdk: CdkName): string => `import assert from 'node:assert/strict';
import { test } from 'node:test';

import { App } from '${cdk}';
import { synthManifests, TODAY_CONTEXT } from 'cdktf-salesforce-client-apps/testing';

import { declareClients } from './clients.js';

/** Returns what synth would write the given number of days from now. Throws if synth would refuse. */
function manifestsIn(days: number) {
  const date = new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const app = new App({ context: { [TODAY_CONTEXT]: date } });
  declareClients(app);
  return synthManifests(app);
}

test('the program declares an org, and synth accepts it', () => {
  assert.notEqual(manifestsIn(0).length, 0);
});

test('no justification expires within two weeks', () => {
  manifestsIn(14);
});
`;

const GITIGNORE = `node_modules/
build/
cdktf.out/
.terraform/
*.tfstate*
plan.json
plan.md
# Commit .client-apps/receipts, or cache it in CI: it distinguishes an app deleted in the org from a new one.
.client-apps/*
!.client-apps/receipts/
.client-apps/receipts/*.lock
`;

/** Compiles with TypeScript 5 and 7, as CommonJS or, with "type": "module", as ES modules. */
const TSCONFIG = {
  compilerOptions: {
    target: 'es2022',
    module: 'nodenext',
    rootDir: '.',
    outDir: 'build',
    sourceMap: true,
    incremental: true,
    tsBuildInfoFile: 'build/.tsbuildinfo',
    strict: true,
    skipLibCheck: true,
    types: ['node'],
  },
  include: ['**/*.ts'],
  exclude: ['node_modules', 'build', 'cdktf.out'],
};

/** The versions that this package is developed with are those that are known to go together. */
function packageJson({
  name,
  own: { json },
  ownSource,
  cdk,
}: Pick<NewProject, 'name' | 'own' | 'ownSource' | 'cdk'>): string {
  const developedWith = json['devDependencies'] as Readonly<Record<string, string>>;
  const pick = (...names: readonly string[]) => Object.fromEntries(names.map((each) => [each, developedWith[each]]));
  return jsonText({
    name: packageName(name),
    version: '0.0.0',
    private: true,
    type: 'commonjs',
    scripts: {
      build: 'tsc',
      synth: 'tsc && node build/main.js',
      test: 'tsc && node --test build/clients.test.js',
    },
    engines: json['engines'],
    dependencies: { ...pick(cdk), [String(json['name'])]: ownSource, ...pick('constructs') },
    devDependencies: pick('@types/node', 'typescript'),
  });
}

/** A name that npm takes. */
function packageName(folder: string): string {
  const name = folder
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[._-]+|-+$/g, '')
    .slice(0, 200);
  return name === '' ? 'client-apps' : name;
}
