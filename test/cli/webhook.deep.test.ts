import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { type Project, project, twoApps } from './support';

const SECRET = '/services/T000/B000/s3cr3t-path?sig=s3cr3t-query';

interface Received {
  readonly method: string;
  readonly url: string;
  readonly body: string;
  readonly type: string;
}

let at: Project;
let server: Server;
let received: Received[];
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let base: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const { method = '', url = '', headers } = request;
      received.push({ method, url, body, type: headers['content-type'] ?? '' });
      answer(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  received = [];
  answer = (_, response) => response.end('ok');
  at = project();
  at.synth(twoApps);
});
afterEach(() => at.remove());

const drift = (options = '--webhook slack', environment: Record<string, string> = {}) =>
  at.run(`drift --local ${options}`, { environment: { CLIENT_APPS_WEBHOOK_URL: `${base}${SECRET}`, ...environment } });

describe('drift --webhook', () => {
  it('sends one message of what drift says, to the address of the environment', async () => {
    const { code, stdout, stderr } = await drift('--webhook slack', {
      GITHUB_SERVER_URL: 'https://github.example',
      GITHUB_REPOSITORY: 'acme/apps',
      GITHUB_RUN_ID: '7',
    });
    expect(code).toBe(2);
    expect(received).toMatchObject([{ method: 'POST', url: SECRET, type: 'application/json' }]);
    const { blocks } = JSON.parse(received[0]?.body ?? '') as { blocks: { text: { text: string } }[] };
    const texts = blocks.map(({ text }) => text.text);
    expect(texts[0]).toBe('Client apps: Drift in prod');
    expect(texts[1]).toContain('Portal');
    expect(texts.at(-1)).toBe('<https://github.example/acme/apps/actions/runs/7|Open the run>');
    expect(stderr).toContain('Sent a message to the webhook (slack).');
    expect(stdout).toContain('Drift in prod');
  });

  it.each([
    ['teams', /"type":"AdaptiveCard"[\s\S]*Portal/],
    ['json', /"event":"drift","exit_code":2[\s\S]*"api_name":"Portal"/],
  ])('speaks the language of %s', async (format, expected) => {
    await drift(`--webhook ${format}`);
    expect(received.map(({ body }) => body).join()).toMatch(expected);
  });

  it('sends nothing where everything is in sync', async () => {
    await at.run('apply --local --auto-approve');
    expect((await drift()).code).toBe(0);
    expect(received).toEqual([]);
  });

  it('sends that an org could not be read, and ends as drift does', async () => {
    const { code } = await at.run('drift --webhook json', {
      environment: {
        CLIENT_APPS_WEBHOOK_URL: `${base}${SECRET}`,
        SF_INSTANCE_URL: 'http://127.0.0.1:1',
        SF_ACCESS_TOKEN: '00D000000000001!token-of-a-user',
      },
    });
    expect(code).toBe(5);
    expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({
      exit_code: 5,
      orgs: [{ org: 'prod', state: 'not compared' }],
    });
    expect(received[0]?.body).not.toContain('token-of-a-user');
  });

  it('does not send for the local org what a file settles for every run', async () => {
    at.write('client-apps.config.json', '{"format_version":"1.3","webhook":"slack"}');
    expect((await drift('')).code).toBe(2);
    expect(received).toEqual([]);
  });
});

describe('a webhook that does not take the message', () => {
  it.each<[string, typeof answer, RegExp]>([
    ['answers 500 with the address in it', (request, response) => echo(request, response, 500), /HTTP 500/],
    ['answers 404', (request, response) => echo(request, response, 404), /HTTP 404/],
    [
      'redirects',
      (_, response) => response.writeHead(302, { location: `${base}/elsewhere` }).end(),
      /it redirects, and redirects are not followed/,
    ],
    ['breaks off', (request) => request.socket.destroy(), /ECONNRESET/],
    ['never answers', () => undefined, /ETIMEDOUT/],
    ['speaks no HTTP', (request) => request.socket.end('hello\n'), /HPE_/],
  ])('%s: an error, once, without the address, and the exit code of drift', async (_, how, reason) => {
    answer = how;
    const { code, stderr, stdout } = await drift('--webhook slack --debug');
    expect(code).toBe(2);
    expect(stderr).toMatch(reason);
    expect(stderr).toContain('[webhook-failed]');
    expect(stderr + stdout).not.toContain('s3cr3t');
    expect(received.map(({ url }) => url)).toEqual([SECRET]);
  });
});

const echo = ({ url }: IncomingMessage, response: ServerResponse, status: number): void => {
  response.writeHead(status).end(`no such hook: ${url}`);
};

describe('a webhook that is set up wrong', () => {
  it.each([
    ['no address', '--webhook slack', { CLIENT_APPS_WEBHOOK_URL: '' }, 'webhook-address-missing'],
    ['no URL', '--webhook slack', { CLIENT_APPS_WEBHOOK_URL: 's3cr3t' }, 'webhook-address-unusable'],
    ['plain HTTP', '--webhook slack', { CLIENT_APPS_WEBHOOK_URL: 'http://s3cr3t.example' }, 'webhook-address-unusable'],
    ['a file', '--webhook slack', { CLIENT_APPS_WEBHOOK_URL: 'file:///s3cr3t' }, 'webhook-address-unusable'],
    ['the address as an argument', '--webhook https://s3cr3t.example', {}, 'webhook-format-unknown'],
    ['another format', '--webhook discord', {}, 'webhook-format-unknown'],
  ])('%s: said before anything is read, and never shown', async (_, options, environment, expected) => {
    const { code, stderr, stdout } = await drift(options, environment);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(`[${expected}]`);
    expect(stderr).not.toContain('s3cr3t');
    expect(received).toEqual([]);
  });

  it('is a warning where only a file asks for messages: not every machine has the address', async () => {
    at.write('client-apps.config.json', '{"format_version":"1.3","webhook":"slack"}');
    const { stderr } = await at.run('drift');
    expect(stderr).toMatch(/warning: CLIENT_APPS_WEBHOOK_URL: .*\[webhook-address-missing\]/);
  });
});
