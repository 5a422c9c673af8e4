import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { appOf, startOrg, stopOrgs, temporaryFolder } from './support';

afterEach(stopOrgs);

const ALL = {
  ExternalClientApplication: ['*'],
  ExtlClntAppGlobalOauthSettings: ['*'],
  ExtlClntAppOauthConfigurablePolicies: ['*'],
};

describe('the state file', () => {
  it('carries the whole org over to the next start', async () => {
    const stateFile = join(temporaryFolder(), 'deep', 'org.json');
    const first = await startOrg({ stateFile, profile: 'mid-2026' });
    await first.deploy(appOf('Portal'));
    const before = await first.retrieve(ALL);
    await first.close();
    const second = await startOrg({ stateFile });
    expect(second.orgId).toBe(first.orgId);
    expect(second.accessToken).toBe(first.accessToken);
    expect((await second.retrieve(ALL)).files).toEqual(before.files);
    const changed = await second.deploy(appOf('Portal', { global: { isPkceRequired: false } }));
    expect(changed.status).toBe('Succeeded');
    expect([...(await second.retrieve(ALL)).files.values()].join('')).toContain('<isPkceRequired>true<');
  });

  it('is written with every change, by nobody else readable, with nothing left beside it', async () => {
    const folder = temporaryFolder();
    const stateFile = join(folder, 'org.json');
    const org = await startOrg({ stateFile });
    expect(JSON.parse(readFileSync(stateFile, 'utf8'))).toMatchObject({ format_version: 1, orgId: org.orgId });
    await org.deploy(appOf('Portal'));
    expect(readFileSync(stateFile, 'utf8')).toContain('Portal_glbloauth');
    expect(statSync(stateFile).mode & 0o077).toBe(0);
    expect(readdirSync(folder)).toEqual(['org.json']);
    const bytes = readFileSync(stateFile, 'utf8');
    await org.deploy(appOf('Other'), { checkOnly: true });
    expect(readFileSync(stateFile, 'utf8')).toBe(bytes);
  });

  it.each([
    ['no JSON', '{"format_ver', /cannot be read/],
    ['a list', '[]', /no JSON object/],
    ['another format', '{"format_version": 2}', /format_version is 2, not 1/],
    ['no org id', '{"format_version": 1, "orgId": "x"}', /no valid orgId/],
    [
      'a token of another org',
      '{"format_version": 1, "orgId": "00D000000000001AAA", "accessToken": "00Dx!a"}',
      /no access token/,
    ],
    [
      'no components',
      '{"format_version": 1, "orgId": "00D000000000001AAA", "accessToken": "00D000000000001AAA!a", "profile": "developer", "nextId": 1, "users": [], "profiles": []}',
      /no components/,
    ],
  ])('with %s is an error, and stays as it is', async (_, content, message) => {
    const stateFile = join(temporaryFolder(), 'org.json');
    writeFileSync(stateFile, content);
    await expect(startOrg({ stateFile })).rejects.toThrow(message);
    expect(readFileSync(stateFile, 'utf8')).toBe(content);
  });

  it('that cannot be written makes the deploy fail and the org stay as it was', async () => {
    const folder = join(temporaryFolder(), 'gone');
    const org = await startOrg({ stateFile: join(folder, 'org.json') });
    rmSync(folder, { recursive: true });
    writeFileSync(folder, 'a file where the folder was');
    expect(await org.deploy(appOf('Portal'))).toMatchObject({ status: 'Failed', errorStatusCode: 'UNKNOWN_EXCEPTION' });
    expect((await org.retrieve(ALL)).files.size).toBe(1);
  });

  it('is not needed', async () => {
    const folder = temporaryFolder();
    const org = await startOrg();
    await org.deploy(appOf('Portal'));
    expect(existsSync(join(folder, 'org.json'))).toBe(false);
  });
});
