import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { writePackages } from '../../lib/cli/packages';
import { isClientAppsError } from '../../lib/values/diagnostic';

describe('the packages of a plan', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'client-apps-packages-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const write = (org: string, path: string): unknown => {
    try {
      const files = new Map([
        ['package.xml', '<Package/>'],
        [path, 'text'],
      ]);
      writePackages(join(folder, 'deep/pkg'), org, [{ name: 'apps', files }]);
      return undefined;
    } catch (error) {
      return isClientAppsError(error) ? error.diagnostics.map(({ code }) => code) : error;
    }
  };

  it('are written where they belong', () => {
    expect(write('prod', 'externalClientApps/Portal.eca')).toBeUndefined();
    expect(readFileSync(join(folder, 'deep/pkg/prod/1-apps/externalClientApps/Portal.eca'), 'utf8')).toBe('text');
  });

  it.each([
    ['prod', 'extlClntAppOauthPolicies/../../../../../pwned.ecaOauthPlcy'],
    ['prod', '../1-appsX/evil.eca'],
    ['../../..', 'externalClientApps/Portal.eca'],
  ])('are not written at all where a name leads out: %s %s', (org, path) => {
    expect(write(org, path)).toEqual(['package-path-outside']);
    expect(existsSync(join(folder, 'deep'))).toBe(false);
  });
});
