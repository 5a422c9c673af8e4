import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { type Project, project } from '../cli/support';

let here: Project;
beforeEach(() => {
  here = project();
  // Else the local org of a new project would be that of the folder above it.
  rmSync(here.path('cdktf.json'));
});
afterEach(() => here.remove());

/** Everything below a folder but the state of the local org, which is where the secrets are. */
const textsBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('.client-apps'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));

/** Consumer keys and secrets, passwords, tokens, and the session, by their names in the state of the org. */
function secretsOf(state: string): readonly string[] {
  const found = new Set<string>();
  JSON.parse(state, (key, value: unknown) => {
    const isSecret = /^(secret|key|consumerKey|consumerSecret|accessToken|refreshToken|deleteToken)$/.test(key);
    if (isSecret && typeof value === 'string' && value.length > 12) found.add(value);
    return value;
  });
  return [...found];
}

it.each([
  ['import', 'import prod --out out', '.client-apps'],
  ['import --json', 'import prod --out out --json', '.client-apps'],
  ['import --hcl', 'import prod --out out --hcl', '.client-apps'],
  ['init', 'init out --from-org prod --ci github', 'out/.client-apps'],
  ['migrate', 'migrate Legacy_Portal --org prod', '.client-apps'],
  ['migrate --json', 'migrate Legacy_Portal --org prod --json', '.client-apps'],
])('%s writes and prints no secret, no token and no consumer key of sixty apps', async (_, command, memory) => {
  const { code, stdout, stderr } = await here.run(`${command} --local --seed ten-years`);
  expect(code).toBe(0);
  const secrets = secretsOf(here.read(memory, 'local', 'prod.json'));
  // Each app has a key and a secret, and there are thousands of tokens.
  expect(secrets.length).toBeGreaterThan(1_000);
  const texts = [stdout, stderr, ...textsBelow(here.folder)].join('\n');
  expect(texts.length).toBeGreaterThan(200);
  expect(secrets.filter((secret) => texts.includes(secret))).toEqual([]);
});

const CANARY = { key: '3MVG9CANARYKEY0123456789', secret: 'CANARYSECRET0123456789' };
const NS = 'xmlns="http://soap.sforce.com/2006/04/metadata"';

it.each([
  ['import', 'import prod --from package --out out', 1],
  ['import --json', 'import prod --from package --out out --json', 1],
  ['import --hcl', 'import prod --from package --out out --hcl', 1],
  ['init', 'init out --from package', 1],
])('%s of files with a secret in them writes and prints neither it nor the key', async (_, command, apps) => {
  here.write(
    'package/connectedApps/Portal.connectedApp',
    `<ConnectedApp ${NS}><contactEmail>iam@acme.example</contactEmail><label>Portal</label><oauthConfig><callbackUrl>https://portal.acme.example/cb</callbackUrl><consumerKey>${CANARY.key}</consumerKey><consumerSecret>${CANARY.secret}</consumerSecret><scopes>Api</scopes></oauthConfig></ConnectedApp>`,
  );
  const { code, stdout, stderr } = await here.run(command);
  expect(code).toBe(0);
  const written = textsBelow(here.path('out')).join('\n');
  expect(written.match(/'Portal'|"Portal"/g)?.length).toBeGreaterThanOrEqual(apps);
  for (const canary of Object.values(CANARY)) expect(stdout + stderr + written).not.toContain(canary);
});
