import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describeBuilt } from '../cli/built';
import { node, pack, PACKAGE, project, removeTemporaryFolders, ROOT } from './support';

const EXAMPLE = join(ROOT, 'examples/own-tests');
const { dependencies, devDependencies } = JSON.parse(readFileSync(join(EXAMPLE, 'package.json'), 'utf8')) as Record<
  'dependencies' | 'devDependencies',
  Readonly<Record<string, string>>
>;
const ASKED = Object.keys({ ...dependencies, ...devDependencies }).filter((name) => name !== PACKAGE.name);

describeBuilt('tests of users, with the package from its tarball', () => {
  let folder: string;
  beforeAll(() => {
    folder = project(pack().tarball, [...Object.keys(PACKAGE.dependencies), ...ASKED, '@vitest/expect', 'chai']);
    cpSync(EXAMPLE, folder, { recursive: true });
  });
  afterAll(removeTemporaryFolders);

  it('the example compiles, strictly, and its tests pass under jest', () => {
    expect(node(folder, 'node_modules/typescript/bin/tsc', '--noEmit')).toMatchObject({ status: 0, stdout: '' });
    const { status, stderr } = node(folder, 'node_modules/jest/bin/jest.js', '--ci');
    expect({ status, passed: /^Tests: +6 passed, 6 total$/m.test(stderr) ? 'all' : stderr }).toEqual({
      status: 0,
      passed: 'all',
    });
  });

  it('a declaration that is changed fails the tests, with what is wrong', () => {
    const file = join(folder, 'clients.ts');
    const written = readFileSync(file, 'utf8');
    const full = written.replace('[Scope.API, Scope.REFRESH_TOKEN]', '[Scope.REFRESH_TOKEN]');
    writeFileSync(file, full);
    const { status, stderr } = node(folder, 'node_modules/jest/bin/jest.js', '--ci', 'clients.test');
    writeFileSync(file, written);
    expect(status).toBe(1);
    expect(stderr).toContain('scopes is expected to be ["Api","RefreshToken"], and is ["RefreshToken"]');
  });

  it('the matchers work with the expect of vitest, and compile with its types', () => {
    const types = `import type { ClientAppMatchers } from '${PACKAGE.name}/testing';
import type { Assertion } from '@vitest/expect';

declare module '@vitest/expect' {
  interface Matchers<T> extends ClientAppMatchers<T> {}
}

export async function holds(assertion: Assertion): Promise<void> {
  assertion.toDeclareClientApp('FieldApp', { kind: 'public' });
  assertion.toPassControl('SFCA-ECA-PKCE');
  await assertion.toRefuse();
  // @ts-expect-error -- no kind of client
  assertion.toDeclareClientApp('FieldApp', { kind: 'secret' });
}
`;
    writeFileSync(join(folder, 'vitest-types.mts'), types);
    expect(node(folder, 'node_modules/typescript/bin/tsc', '--noEmit')).toMatchObject({ status: 0, stdout: '' });
    const program = `import { JestChaiExpect, JestExtend, JestAsymmetricMatchers } from '@vitest/expect';
import * as chai from 'chai';
import cdktf from 'cdktf';
import api from '${PACKAGE.name}';
import testing from '${PACKAGE.name}/testing';

for (const plugin of [JestChaiExpect, JestExtend, JestAsymmetricMatchers]) chai.use(plugin);
const { expect } = chai;
// As vitest itself calls it.
expect.extend(expect, testing.clientAppMatchers);
const org = new api.SalesforceOrg(new cdktf.TerraformStack(new cdktf.App(), 'identity'), 'prod', {
  contactEmail: 'iam@acme.example',
});
const app = new api.PublicClientApp(org, 'FieldApp', {
  label: 'Field App',
  callbackUrls: ['com.acme.fieldapp://oauth/callback'],
  scopes: [api.Scope.API, api.Scope.REFRESH_TOKEN],
  permittedUsers: api.PermittedUsers.preAuthorized({ permissionSets: ['Field_App_Access'] }),
});
expect(org).toDeclareClientApp('FieldApp', { kind: 'public' });
expect(org).not.toDeclareClientApp('Other');
expect(app).toPassControl('SFCA-ECA-PKCE');
await expect(app).toRefuse('login-without-challenge');
try {
  expect(org).toDeclareClientApp('FieldApp', { kind: 'private' });
} catch (error) {
  console.log(error.message.split('\\n').at(-1));
}
`;
    writeFileSync(join(folder, 'vitest.mjs'), program);
    expect(node(folder, 'vitest.mjs')).toEqual({
      status: 0,
      stdout: 'prod: kind is expected to be "private", and is "public"\n',
      stderr: '',
    });
  });

  it('asking for manifests loads neither jsforce, nor the emulated org', () => {
    const program = `require('${PACKAGE.name}/testing').synthManifests;
const heavy = /jsforce|[\\\\/]zod[\\\\/]|${PACKAGE.name}.*lib[\\\\/](emulator|testing|operations|org|proof)[\\\\/]/;
console.log(Object.keys(require.cache).filter((path) => heavy.test(path)).join('\\n'))`;
    expect(node(folder, '-e', program)).toEqual({ status: 0, stdout: '\n', stderr: '' });
  });
});
