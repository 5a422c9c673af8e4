import { connect } from 'node:net';

import { ROUTES } from '../../lib/emulator/rest/dispatch';
import { appOf, type Org, packageOf, startOrg, stopOrgs } from './support';

let org: Org;
beforeAll(async () => {
  org = await startOrg();
});
afterAll(stopOrgs);

/** What comes back for these very bytes, until the org closes the connection. */
const raw = (head: readonly string[], port = org.port): Promise<string> =>
  new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(`${head.join('\r\n')}\r\n\r\n`));
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
    socket.on('close', () => resolve(text));
    socket.on('error', reject);
  });

const own = (): readonly string[] => [
  `Host: 127.0.0.1:${org.port}`,
  'Connection: close',
  `Authorization: Bearer ${org.accessToken}`,
  'Content-Length: 0',
];
const statusOf = (answer: string): string => answer.slice(9, 12);

/** Every resource once, with ids that nothing has. */
const EVERYWHERE = [
  ...new Set(
    ROUTES.map(({ method, pattern, versioned }) => {
      const path = pattern.source
        .replace(/^\^|\$$/g, '')
        .replaceAll('\\/?', '')
        .replaceAll('\\', '')
        .replace(/\((?:[^()]*)\)(-\([^()]*\))?/g, 'x');
      return `${method} ${versioned ? '/services/data/v66.0' : ''}${path}`;
    }),
  ),
  'POST /services/Soap/m/66.0',
  'GET /nothing',
];

it.each(EVERYWHERE)('%s is refused for another host, and for a page of another origin', async (line) => {
  const [host, ...others] = own();
  const request = `${line} HTTP/1.1`;
  expect(statusOf(await raw([request, 'Host: evil.example', ...others]))).toBe('403');
  for (const origin of ['https://evil.example', 'null', `http://127.0.0.1:${org.port + 1}`]) {
    expect(statusOf(await raw([request, host ?? '', ...others, `Origin: ${origin}`]))).toBe('403');
  }
  // A whole address counts, not the header beside it.
  const [method = '', path = ''] = line.split(' ');
  expect(statusOf(await raw([`${method} http://evil.example${path} HTTP/1.1`, ...own()]))).toBe('403');
});

it('what is no address is a bad request, and no defect', async () => {
  expect(statusOf(await raw(['GET http://[ HTTP/1.1', ...own()]))).toBe('400');
  expect(statusOf(await raw([`GET http://127.0.0.1:${org.port}/services/data HTTP/1.1`, ...own()]))).toBe('200');
});

it('HEAD is answered as GET, without the body, and does nothing at the OAuth endpoints', async () => {
  const head = await raw(['HEAD /services/data/v66.0/query?q=SELECT+Id+FROM+User HTTP/1.1', ...own()]);
  expect(statusOf(head)).toBe('200');
  expect(head).toContain('sforce-limit-info');
  expect(head.endsWith('\r\n\r\n')).toBe(true);
  expect(statusOf(await raw(['HEAD /services/oauth2/revoke?token=x HTTP/1.1', ...own()]))).toBe('405');
});

it.each([
  ['v30.0', 410],
  ['v99.0', 404],
  ['v66', 404],
  ['vlatest', 404],
])('a call of version %s is answered with %i', async (version, status) => {
  expect((await org.get(`/services/data/${version}/limits`)).status).toBe(status);
});

it('a form is read whatever it says it is, and nothing in it is a name of JavaScript’s own', async () => {
  const answer = await fetch(`${org.url}/services/oauth2/token`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: 'grant_type=client_credentials&client_id=__proto__&constructor=%zz&%E0%A4=y',
  });
  expect([answer.status, await answer.json()]).toEqual([
    400,
    { error: 'invalid_client_id', error_description: 'client identifier invalid' },
  ]);
});

it.each(['token', 'introspect'])('a parameter that comes twice is an error at %s, as readers differ', async (name) => {
  const body = 'grant_type=client_credentials&client_id=x&client_secret=y&client_id=x';
  const answer = await fetch(`${org.url}/services/oauth2/${name}`, { method: 'POST', body });
  expect([answer.status, await answer.json()]).toEqual([
    400,
    { error: 'invalid_request', error_description: 'client_id comes more than once' },
  ]);
});

it('nobody is sent anywhere by an authorization request that says two addresses', async () => {
  await org.deploy(appOf('Two', { global: { consumerKey: 'twokey123456' } }));
  const own = new URLSearchParams({
    ...{ response_type: 'code', client_id: 'twokey123456', redirect_uri: 'https://acme.example/callback' },
    ...{ code_challenge: 'a'.repeat(43), username: 'admin@emulator.example', password: 'emulator', approval: 'allow' },
  });
  const ask = async (query: string, body: string): Promise<readonly [number, string]> => {
    const url = `${org.url}/services/oauth2/authorize${query}`;
    const answer = await fetch(url, { method: 'POST', redirect: 'manual', body });
    return [answer.status, answer.headers.get('location') ?? (await answer.text())];
  };
  expect(await ask('', own.toString())).toEqual([
    302,
    expect.stringMatching(/^https:\/\/acme\.example\/callback\?code=/),
  ]);
  const other = 'redirect_uri=https%3A%2F%2Fattacker.example';
  for (const answer of [await ask('', `${own.toString()}&${other}`), await ask(`?${other}`, own.toString())]) {
    expect(answer).toEqual([400, expect.stringContaining('redirect_uri comes more than once')]);
  }
  // A form that sends again what its address says, says it once.
  expect((await ask('?redirect_uri=https%3A%2F%2Facme.example%2Fcallback', own.toString()))[0]).toBe(302);
});

it('a request that names two hosts is a bad one, whichever comes first', async () => {
  const [host = '', ...others] = own();
  for (const hosts of [
    [host, 'Host: evil.example'],
    ['Host: evil.example', host],
  ]) {
    expect(statusOf(await raw(['GET /services/data HTTP/1.1', ...hosts, ...others]))).toBe('400');
  }
});

it.each([
  ['two lengths', ['Content-Length: 3', 'Content-Length: 30'], 'a=b', '400'],
  ['a length beside chunks', ['Content-Length: 3', 'Transfer-Encoding: chunked'], '0\r\n\r\n', '400'],
  ['chunks of no number', ['Transfer-Encoding: chunked'], 'ZZ\r\nabc\r\n0\r\n\r\n', '400'],
  ['a chunk larger than any', ['Transfer-Encoding: chunked'], 'FFFFFFFFFFFFFFFFF\r\nabc\r\n0\r\n\r\n', '400'],
  ['an unknown coding', ['Transfer-Encoding: xchunked'], '0\r\n\r\n', '400'],
  ['100 kB of header', [`X-A: ${'a'.repeat(100_000)}`], '', '431'],
  ['a header that goes on in the next line', ['X-A: a', ' b'], '', '400'],
  ['an expectation that is none', ['Expect: 200-ok'], '', '417'],
])('a request with %s is refused, and the next one answered', async (_, more, body, status) => {
  const [host = '', connection = ''] = own();
  const head = ['POST /services/oauth2/token HTTP/1.1', host, connection, ...more].join('\r\n');
  expect(statusOf(await raw([`${head}\r\n\r\n${body}`]))).toBe(status);
  expect(statusOf(await raw(['GET /services/data HTTP/1.1', ...own()]))).toBe('200');
});

it('HTTP/1.0 is answered where it names the host, and refused where it does not', async () => {
  expect(statusOf(await raw(['GET /services/data HTTP/1.0', ...own()]))).toBe('200');
  expect(statusOf(await raw(['GET /services/data HTTP/1.0', ...own().slice(1)]))).toBe('403');
});

it.each(['GET', 'OPTIONS', 'DELETE', 'PUT'])(
  'the token endpoint takes no %s, and says so without a login',
  async (method) => {
    const answer = await fetch(`${org.url}/services/oauth2/token`, { method });
    expect([answer.status, await answer.json()]).toEqual([
      405,
      [{ errorCode: 'METHOD_NOT_ALLOWED', message: `HTTP Method '${method}' not allowed. Allowed are others` }],
    ]);
  },
);

it('a package with the line ends and byte order mark of Windows is the same package', async () => {
  const app = { global: { callbackUrl: 'https://acme.example/a\nhttps://acme.example/b' } };
  const files = [...packageOf(appOf('Windows', app))].map(([path, text]): [string, string] => [
    path,
    `\uFEFF${text.replaceAll('\n', '\r\n')}`,
  ]);
  expect((await org.deploy(new Map(files))).problems).toEqual([]);
  await org.deploy(appOf('Unix', app));
  const { files: read } = await org.retrieve({ ExtlClntAppGlobalOauthSettings: ['*'] });
  const of = (name: string): string | undefined =>
    /<callbackUrl>[^<]*<\/callbackUrl>/.exec(
      read.get(`extlClntAppGlobalOauthSets/${name}_glbloauth.ecaGlblOauth`) ?? '',
    )?.[0];
  expect(of('Windows')).toBe(of('Unix'));
});

it('two orgs in one process have nothing of each other', async () => {
  const other = await startOrg();
  expect((await other.get('/services/data/v66.0/limits', org.accessToken)).status).toBe(401);
  await Promise.all([org.deploy(appOf('Here')), other.deploy(appOf('There'))]);
  expect([org.consumer('There'), other.consumer('Here')]).toEqual([undefined, undefined]);
  other.advance(86_400_000);
  expect(Math.abs(Date.parse(org.now()) - Date.now())).toBeLessThan(60_000);
  other.reset();
  expect(org.consumer('Here')).toBeDefined();
});
