import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Emulator } from '../../lib/emulator';
import type { Credentials } from '../../lib/org/credentials';
import { type RunProcess, runProcess } from '../../lib/org/run-process';
import { makeCertificate } from '../emulator/certificate';
import { appOf, type Components, packageOf } from '../emulator/support';
import { cleanUp, everythingIn, failureOf, open, serve, startOrg, temporaryFolder, tokenOf } from './support';

afterEach(cleanUp);

const ADMIN = 'admin@emulator.example';

/** An org with one app for CI that the administrator may use, and its consumer key. */
async function orgWithApp(
  cert: string,
  changes: { readonly secretFlow?: boolean } = {},
): Promise<{ emulator: Emulator; key: string }> {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'org.json'), JSON.stringify({ users: [{ username: ADMIN, permissionSets: ['Ci'] }] }));
  const emulator = await startOrg({ seedDir: folder });
  const org = await open(tokenOf(emulator));
  const isClientCredentialsFlowEnabled = changes.secretFlow ?? false;
  const components: Components = [
    ['PermissionSet', 'Ci', { label: 'Ci' }],
    ...appOf('Ci', {
      global: { certificate: cert.replace(/-----[^-]+-----|\s/g, ''), isClientCredentialsFlowEnabled },
      policy: {
        permittedUsersPolicyType: 'AdminApprovedPreAuthorized',
        commaSeparatedPermissionSet: 'Ci',
        isClientCredentialsFlowEnabled,
        ...(isClientCredentialsFlowEnabled ? { clientCredentialsFlowUser: ADMIN } : {}),
      },
    }),
  ];
  for (const part of [components.slice(0, 1), components.slice(1)]) {
    const outcome = await org.deploy({ files: packageOf(part), apiVersion: 66, checkOnly: false });
    if (outcome.status === 'failed') throw new Error(JSON.stringify(outcome));
  }
  const { files } = await org.retrieve({ apiVersion: 66, types: new Map([['ExtlClntAppGlobalOauthSettings', ['*']]]) });
  const key = /<consumerKey>(.*)<\/consumerKey>/.exec([...files.values()].join(''))?.[1] ?? '';
  return { emulator, key };
}

const bearer = (emulator: Emulator, clientId: string, pem: string): Credentials => ({
  kind: 'jwt-bearer',
  clientId,
  username: ADMIN,
  privateKey: { pem },
  loginUrl: emulator.url,
  audience: 'https://login.salesforce.com',
});

describe('JWT bearer', () => {
  test('logs in with a signed assertion, knows its own app, and needs no secret', async () => {
    const { cert, key } = await makeCertificate();
    const { emulator, key: clientId } = await orgWithApp(cert);
    const org = await open(bearer(emulator, clientId, key));
    await expect(org.identify()).resolves.toMatchObject({ orgId: emulator.orgId, username: ADMIN, clientId });
  });

  test('reads the key from a file, and accepts one in a variable with \\n for line feeds', async () => {
    const { cert, key } = await makeCertificate();
    const { emulator, key: clientId } = await orgWithApp(cert);
    const file = join(temporaryFolder(), 'ci.pem');
    writeFileSync(file, key);
    const login = bearer(emulator, clientId, key.replaceAll('\n', '\\n'));
    await (await open(login)).identify();
    await (await open({ ...login, privateKey: { file } } as Credentials)).identify();
  });

  test('renews an expired session once, unnoticed', async () => {
    const { cert, key } = await makeCertificate();
    const { emulator, key: clientId } = await orgWithApp(cert);
    const org = await open(bearer(emulator, clientId, key));
    const logins = (): number => emulator.calls().filter((call) => call.operation === 'token').length;
    const before = logins();
    emulator.faults.failNext({ operation: 'describeMetadata' }, { kind: 'invalid-session' });
    expect((await org.metadataTypes(66)).size).toBeGreaterThan(5);
    expect(logins()).toBe(before + 1);
    emulator.faults.failNext({ operation: 'deploy' }, { kind: 'invalid-session' });
    await expect(org.deploy({ files: packageOf(appOf('X')), apiVersion: 66, checkOnly: true })).resolves.toMatchObject({
      status: 'succeeded',
    });
  });

  test('gives up when the new session is refused as well', async () => {
    const { cert, key } = await makeCertificate();
    const { emulator, key: clientId } = await orgWithApp(cert);
    const org = await open(bearer(emulator, clientId, key));
    emulator.faults.failNext({ operation: 'describeMetadata' }, { kind: 'invalid-session' }, 99);
    const error = await failureOf(org.metadataTypes(66));
    expect(error).toMatchObject({ kind: 'login', errorCode: 'INVALID_SESSION_ID' });
    expect(emulator.calls().filter((call) => call.operation === 'token')).toHaveLength(2);
  });

  test("a wrong key is the token endpoint's own error with a remedy", async () => {
    const [{ cert }, { key: other }] = [await makeCertificate(), await makeCertificate()];
    const { emulator, key: clientId } = await orgWithApp(cert);
    const error = await failureOf(open(bearer(emulator, clientId, other)));
    expect(error).toMatchObject({ kind: 'login', errorCode: 'invalid_grant' });
    expect(error.remedy).toContain('certificate');
  });

  test('an unknown consumer key says that a fresh app takes time', async () => {
    const { cert, key } = await makeCertificate();
    const { emulator } = await orgWithApp(cert);
    const error = await failureOf(open(bearer(emulator, '3MVG9unknown', key)));
    expect(error).toMatchObject({ kind: 'login', errorCode: 'invalid_client_id' });
    expect(error.remedy).toContain('30 minutes');
  });

  const rsa = (modulusLength: number): string =>
    generateKeyPairSync('rsa', { modulusLength }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  test.each([
    ['a certificate', async () => (await makeCertificate()).cert, 'holds a certificate'],
    [
      'an elliptic curve key',
      async () =>
        generateKeyPairSync('ec', { namedCurve: 'P-256' })
          .privateKey.export({ type: 'pkcs8', format: 'pem' })
          .toString(),
      'no RSA key',
    ],
    ['a short key', async () => rsa(1024), '1024 bits'],
    [
      'an encrypted key',
      async () => '-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIE\n-----END ENCRYPTED PRIVATE KEY-----',
      'passphrase',
    ],
    ['a damaged key', async () => rsa(2048).slice(0, 900), 'no private key in PEM'],
  ])('%s in place of the key is told, without quoting it', async (_, make, reason) => {
    const pem = await make();
    const login = { ...bearer({ url: 'http://127.0.0.1:9' } as Emulator, 'id', pem) };
    const error = await failureOf(open(login));
    expect(error.kind).toBe('login');
    expect(error.message).toContain(reason);
    expect(everythingIn(error)).not.toContain(pem.split('\n')[1] ?? '?');
  });

  test('a key file that is not there is named', async () => {
    const file = join(temporaryFolder(), 'nowhere.pem');
    const login = {
      ...bearer({ url: 'http://127.0.0.1:9' } as Emulator, 'id', ''),
      privateKey: { file, variable: 'SF_PROD_JWT_KEY_FILE' },
    } as Credentials;
    expect((await failureOf(open(login))).message).toContain(`${file} (SF_PROD_JWT_KEY_FILE) cannot be read: ENOENT`);
  });
});

describe('client credentials', () => {
  test('a wrong secret is refused without appearing anywhere', async () => {
    const { cert } = await makeCertificate();
    const { emulator, key: clientId } = await orgWithApp(cert, { secretFlow: true });
    const clientSecret = 'PLANTED-client-secret/+=';
    const error = await failureOf(open({ kind: 'client-credentials', clientId, clientSecret, loginUrl: emulator.url }));
    expect(error).toMatchObject({ kind: 'login', errorCode: 'invalid_client' });
    expect(everythingIn(error)).not.toContain('PLANTED');
  });

  test('a login server that echoes the request does not leak it', async () => {
    const url = await serve((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        response.writeHead(400, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ error: 'invalid_request', error_description: `you sent ${body}` }));
      });
    });
    const clientSecret = 'PLANTED client&secret';
    const error = await failureOf(open({ kind: 'client-credentials', clientId: 'id', clientSecret, loginUrl: url }));
    expect(error.message).toContain('you sent');
    expect(everythingIn(error)).not.toMatch(/PLANTED/);
  });

  test.each([
    ['an HTML page', 200, '<html>hello</html>', 'answer'],
    ['nothing', 200, '', 'answer'],
    ['a server error', 503, 'down', 'unreachable'],
    [
      'a token for an address without encryption',
      200,
      '{"access_token":"PLANTED","instance_url":"http://evil.example"}',
      'answer',
    ],
  ])('%s in place of a token is an error', async (_, status, body, kind) => {
    const url = await serve((_request, response) => response.writeHead(status).end(body));
    const login = { kind: 'client-credentials', clientId: 'id', clientSecret: 'secret', loginUrl: url } as const;
    const error = await failureOf(open(login));
    expect(error.kind).toBe(kind);
    expect(everythingIn(error)).not.toContain('PLANTED');
  });
});

describe('an alias of the Salesforce CLI', () => {
  /** A program that answers as the CLI does: JSON by sub-command. */
  function fakeCli(answers: Readonly<Record<string, { readonly exit?: number; readonly json: unknown }>>): RunProcess {
    const script = join(temporaryFolder(), 'sf.js');
    writeFileSync(
      script,
      `const answers = ${JSON.stringify(answers)};
       const args = process.argv.slice(2);
       const answer = answers[args.slice(0, args.indexOf('--target-org')).join(' ')] ?? { exit: 2, json: {} };
       process.stdout.write(JSON.stringify(answer.json));
       process.exitCode = answer.exit ?? 0;`,
    );
    return (_file, args, options) => runProcess(process.execPath, [script, ...args], options);
  }

  const dev: Credentials = { kind: 'salesforce-cli', alias: 'dev' };

  test('gives the session that the CLI keeps, and the app it belongs to', async () => {
    const emulator = await startOrg();
    const result = { accessToken: emulator.accessToken, instanceUrl: emulator.url, clientId: 'PlatformCLI' };
    const org = await open(dev, { run: fakeCli({ 'org display': { json: { status: 0, result } } }) });
    await expect(org.identify()).resolves.toMatchObject({ orgId: emulator.orgId, clientId: 'PlatformCLI' });
  });

  test('a CLI that hides the token in one command is asked with the other', async () => {
    const emulator = await startOrg();
    const hidden = "[REDACTED] Use 'sf org auth show-access-token' to view";
    const run = fakeCli({
      'org display': { json: { result: { accessToken: hidden, instanceUrl: emulator.url } } },
      'org auth show-access-token': { json: { result: { accessToken: emulator.accessToken } } },
    });
    await (await open(dev, { run })).identify();
  });

  test('a CLI that hides it everywhere is an error with a way out', async () => {
    const hidden = {
      json: { result: { accessToken: '[REDACTED] no', instanceUrl: 'https://acme.my.salesforce.com' } },
    };
    const error = await failureOf(
      open(dev, { run: fakeCli({ 'org display': hidden, 'org auth show-access-token': hidden }) }),
    );
    expect(error.message).toContain('hides the access token of dev');
    expect(error.remedy).toContain('SF_ACCESS_TOKEN');
  });

  test("an alias the CLI does not know is the CLI's own message", async () => {
    const json = { name: 'NamedOrgNotFoundError', message: 'No authorization information found for dev.' };
    const error = await failureOf(open(dev, { run: fakeCli({ 'org display': { exit: 1, json } }) }));
    expect(error).toMatchObject({ kind: 'login', errorCode: 'NamedOrgNotFoundError' });
    expect(error.message).toContain('No authorization information found for dev.');
  });

  test('a missing CLI is told', async () => {
    const run: RunProcess = (_file, args, options) => runProcess(join(temporaryFolder(), 'sf'), args, options);
    const error = await failureOf(open(dev, { run }));
    expect(error.message).toContain('(sf) could not be run');
    const text = join(temporaryFolder(), 'sf');
    writeFileSync(text, 'not a program');
    chmodSync(text, 0o644);
    expect((await failureOf(open(dev, { run: (_f, args, o) => runProcess(text, args, o) }))).kind).toBe('login');
  });

  test('an alias that looks like an option is not handed on', async () => {
    const error = await failureOf(open({ kind: 'salesforce-cli', alias: '--help' }));
    expect(error.message).toContain('starts with a dash');
  });
});
