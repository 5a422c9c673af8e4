import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { proxyFor, proxySettings } from '../../lib/org/proxy';
import { exchange, TransportError } from '../../lib/org/transport';
import { cleanUp, serve } from './support';

afterEach(cleanUp);

const get = (url: string, timeoutMs = 5000, more: object = {}): Promise<unknown> =>
  exchange({ method: 'GET', url, headers: {} }, { timeoutMs, ...more });

async function failure(promise: Promise<unknown>): Promise<TransportError> {
  const error: unknown = await promise.catch((caught: unknown) => caught);
  if (error instanceof TransportError) return error;
  throw new Error('expected a TransportError');
}

test('an answer comes with status, headers and text', async () => {
  const url = await serve((_request, response) => response.writeHead(418, { 'x-test': 'yes' }).end('kettle ☕'));
  await expect(get(url)).resolves.toMatchObject({ statusCode: 418, headers: { 'x-test': 'yes' }, body: 'kettle ☕' });
});

test('a byte order mark before the answer is no part of it', async () => {
  const url = await serve((_request, response) => response.end('\uFEFF{"a":1}'));
  await expect(get(url)).resolves.toMatchObject({ body: '{"a":1}' });
});

test('a connection that breaks inside an answer is an error, not half an answer and not an endless wait', async () => {
  const url = await serve((_request, response) => {
    response.writeHead(200, { 'content-length': '1000' });
    response.write('half');
    setTimeout(() => response.destroy(), 20);
  });
  expect(await failure(get(url))).toMatchObject({ sent: true });
});

test('a server that falls silent is given up on, before and inside an answer', async () => {
  const silent = await serve(() => undefined);
  expect(await failure(get(silent, 50))).toMatchObject({ code: 'ETIMEDOUT', sent: true });
  const stuck = await serve((_request, response) => {
    response.writeHead(200, { 'content-length': '1000' });
    response.write('half');
  });
  expect((await failure(get(stuck, 50))).sent).toBe(true);
});

test('a server that drips is given up on in the end', async () => {
  const url = await serve((_request, response) => {
    response.writeHead(200);
    const drip = setInterval(() => response.write('.'), 10);
    response.on('close', () => clearInterval(drip));
  });
  expect(await failure(get(url, 40))).toMatchObject({ code: 'ETIMEDOUT' });
});

test('a redirect is not followed, so that no credential goes elsewhere', async () => {
  const visits: string[] = [];
  const elsewhere = await serve((_request, response) => {
    visits.push('visited');
    response.end();
  });
  const url = await serve((_request, response) => response.writeHead(302, { location: elsewhere }).end());
  const error = await failure(get(url));
  expect(error.code).toBe('REDIRECTED');
  expect(error.message).toContain(new URL(elsewhere).host);
  expect(visits).toEqual([]);
});

test('a port where nobody listens is known not to have been reached', async () => {
  expect(await failure(get('http://127.0.0.1:9'))).toMatchObject({ code: 'ECONNREFUSED', sent: false });
});

test('a request is not sent when the signal has aborted already', async () => {
  const visits: string[] = [];
  const url = await serve((_request, response) => {
    visits.push('visited');
    response.end();
  });
  expect(await failure(get(url, 5000, { signal: AbortSignal.abort() }))).toMatchObject({
    code: 'ABORTED',
    sent: false,
  });
  expect(visits).toEqual([]);
});

describe('proxies', () => {
  const env = { HTTPS_PROXY: 'http://proxy.example:3128', NO_PROXY: 'localhost, .internal.example,direct.example:443' };

  test.each([
    ['https://acme.my.salesforce.com', 'proxy.example:3128'],
    ['https://direct.example', undefined],
    ['https://deep.internal.example', undefined],
    ['https://notinternal.example', 'proxy.example:3128'],
    ['http://127.0.0.1:8080', undefined],
    ['https://localhost:8443', undefined],
  ])('%s goes through %s', (url, host) => {
    expect(proxyFor(new URL(url), proxySettings(env))?.host).toBe(host);
  });

  test('the lower-case variable wins, and none means none', () => {
    expect(proxySettings({ ...env, https_proxy: 'http://lower.example' })?.url).toBe('http://lower.example');
    expect(proxySettings({})).toBeUndefined();
  });

  test('without a scheme it is an HTTP proxy, as for curl', () => {
    const settings = proxySettings({ HTTPS_PROXY: '127.0.0.1:3128' });
    expect(proxyFor(new URL('https://acme.my.salesforce.com'), settings)?.href).toBe('http://127.0.0.1:3128/');
  });

  test.each(['socks5://user:PLANTED@127.0.0.1:1080', 'http://[PLANTED'])(
    'one that cannot be used is an error where it is needed, and not passed by: %s',
    async (url) => {
      const proxy = proxySettings({ HTTPS_PROXY: url });
      const error = await failure(get('https://acme.my.salesforce.com/x', 5000, { proxy }));
      expect(error).toMatchObject({ code: 'UNUSABLE_PROXY', sent: false });
      expect(error.message).not.toContain('PLANTED');
      // Not needed for loopback.
      expect(proxyFor(new URL('https://localhost:8443'), proxy)).toBeUndefined();
    },
  );

  test('the proxy is asked for a tunnel with its own credentials, and its refusal does not repeat them', async () => {
    const asked: { url: string | undefined; authorization: string | undefined }[] = [];
    const proxy = createServer();
    proxy.on('connect', (request, socket) => {
      asked.push({ url: request.url, authorization: request.headers['proxy-authorization'] });
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const settings = { url: `http://user:PLANTED@127.0.0.1:${(proxy.address() as AddressInfo).port}`, except: [] };
    const error = await failure(get('https://acme.my.salesforce.com/x', 5000, { proxy: settings }));
    proxy.close();
    expect(asked).toEqual([
      { url: 'acme.my.salesforce.com:443', authorization: `Basic ${Buffer.from('user:PLANTED').toString('base64')}` },
    ]);
    expect(error.message).toContain('answered 407');
    expect(error.message).not.toContain('PLANTED');
    expect(error.sent).toBe(false);
  });
});
