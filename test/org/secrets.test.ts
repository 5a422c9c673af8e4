import type { ServerResponse } from 'node:http';

import type { Org } from '../../lib/org/org';
import { cleanUp, everythingIn, failureOf, open, serve } from './support';

// Set before jsforce is loaded, which happens at the first call: its log would quote what travels.
process.env['JSFORCE_LOG_LEVEL'] = 'DEBUG';

afterEach(cleanUp);

const TOKEN = '00D000000000001!PLANTEDaccess.token_value';

type Answer = (response: ServerResponse, request: { readonly headers: string; readonly body: string }) => void;

/** Servers that send back what they were sent, the way careless proxies and debug pages do. */
const ECHOES: readonly (readonly [string, Answer])[] = [
  [
    'a REST error',
    (response, { headers }) => {
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end(JSON.stringify([{ errorCode: 'PLANTED_CODE', message: headers }]));
    },
  ],
  [
    'a list of errors',
    (response, { headers }) => {
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify([
          { errorCode: 'A', message: headers },
          { errorCode: 'B', message: headers },
        ]),
      );
    },
  ],
  [
    'a SOAP fault',
    (response, { body }) => {
      const session = /<sessionId>(.*)<\/sessionId>/.exec(body)?.[1] ?? TOKEN;
      response.writeHead(500, { 'content-type': 'text/xml' });
      response.end(
        `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault><faultcode>sf:INVALID_SESSION_ID</faultcode><faultstring>INVALID_SESSION_ID: ${session}</faultstring></s:Fault></s:Body></s:Envelope>`,
      );
    },
  ],
  [
    'an HTML page',
    (response, { headers, body }) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end(`<html>${headers}${body}</html>`);
    },
  ],
  [
    'an HTML page with an error status',
    (response, { headers, body }) => {
      response.writeHead(500, { 'content-type': 'text/html' }).end(`<html>${headers}${body}</html>`);
    },
  ],
  [
    'a text',
    (response, { headers, body }) => {
      response.writeHead(403, { 'content-type': 'text/plain' }).end(headers + body);
    },
  ],
  [
    'JSON of another shape',
    (response, { headers, body }) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ headers, body }));
    },
  ],
];

const CALLS: readonly (readonly [string, (org: Org) => Promise<unknown>])[] = [
  ['identify', (org) => org.identify()],
  ['metadataTypes', (org) => org.metadataTypes(66)],
  ['retrieve', (org) => org.retrieve({ apiVersion: 66, types: new Map([['ExternalClientApplication', ['*']]]) })],
  [
    'deploy',
    (org) => org.deploy({ files: new Map([['package.xml', '<Package/>']]), apiVersion: 66, checkOnly: false }),
  ],
  ['facts', (org) => org.facts(['a@b.example'])],
];

describe.each(CALLS)('%s answered by an echo', (_name, call) => {
  test.each(ECHOES)('%s leaks nothing into the error or the log', async (_title, answer) => {
    const log: string[] = [];
    const methods = ['log', 'error', 'warn', 'info', 'debug'] as const;
    const spies = methods.map((method) =>
      jest
        .spyOn(console, method)
        .mockImplementation((...parts: unknown[]) => void log.push(parts.map(String).join(' '))),
    );
    const url = await serve((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString('latin1')));
      request.on('end', () => answer(response, { headers: JSON.stringify(request.headers), body }));
    });
    const error = await failureOf(call(await open({ kind: 'access-token', accessToken: TOKEN, instanceUrl: url })));
    for (const spy of spies) spy.mockRestore();
    expect(everythingIn(error)).not.toMatch(/PLANTEDaccess|token_value/);
    expect(log).toEqual([]);
    expect(error.message).not.toBe('');
  });
});
