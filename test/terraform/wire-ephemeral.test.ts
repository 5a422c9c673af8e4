import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { credentials as grpcCredentials, makeGenericClientConstructor, type ServiceError } from '@grpc/grpc-js';
import { decode, encode } from '@msgpack/msgpack';
import { parse } from 'protobufjs';

import { createProvider } from '../../lib/terraform/provider';
import { serve, type Serving } from '../../lib/terraform/wire/server';

/** Numbers of tfplugin6 as Terraform publishes them, written down apart from ours. */
const { root } = parse(
  `syntax = "proto3";
message Value { bytes msgpack = 1; bytes json = 2; }
message Diagnostic { int32 severity = 1; string summary = 2; string detail = 3; }
message OpenRequest { string type_name = 1; Value config = 2; }
message OpenResponse { repeated Diagnostic diagnostics = 1; Value result = 3; }
message CloseRequest { string type_name = 1; optional bytes private = 2; }
message CloseResponse { repeated Diagnostic diagnostics = 1; }
message Error { string text = 1; optional int64 function_argument = 2; }
message CallRequest { string name = 1; repeated Value arguments = 2; }
message CallResponse { Value result = 1; Error error = 2; }
`,
  { keepCase: true },
);

const TOKEN = '00D000000000001!planted.token.of.the.login';

describe('ephemeral resources and functions, asked by grpc-js and messages that are not ours', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wire-ephemeral-'));
  const socketPath = join(folder, 's');
  const logged: string[] = [];
  let serving: Serving;

  beforeAll(async () => {
    const environment = { SF_ACCESS_TOKEN: TOKEN, SF_INSTANCE_URL: 'http://127.0.0.1:9' };
    const clock = { now: () => Date.now(), sleep: () => Promise.resolve() };
    serving = await serve({
      handlers: createProvider({ environment, clock, log: (line) => logged.push(line) }),
      clientCertificate: undefined,
      socketPath,
      now: Date.now(),
      onShutdown: () => undefined,
      onLastStream: () => undefined,
      onError: (method, error) => logged.push(`${method}: ${String(error)}`),
    });
  });
  afterAll(async () => {
    await serving.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function call(name: string, messages: string, request: object): Promise<Record<string, unknown>> {
    const [asked, answered] = [root.lookupType(`${messages}Request`), root.lookupType(`${messages}Response`)];
    const path = `/tfplugin6.Provider/${name}`;
    const serialize = (message: object): Buffer => Buffer.from(asked.encode(asked.fromObject(message)).finish());
    const deserialize = (bytes: Buffer) => answered.toObject(answered.decode(bytes), { longs: Number, bytes: Buffer });
    const Client = makeGenericClientConstructor({}, 'test');
    const connection = new Client(`unix:${socketPath}`, grpcCredentials.createInsecure());
    return new Promise((resolve, reject) => {
      connection.makeUnaryRequest(path, serialize, deserialize, request, (error: ServiceError | null, answer) => {
        connection.close();
        if (error || !answer) reject(error ?? new Error('no answer'));
        else resolve(answer);
      });
    });
  }

  const value = (given: unknown): object => ({ msgpack: Buffer.from(encode(given)) });
  const valueIn = (answer: unknown): unknown => decode((answer as { readonly msgpack: Buffer }).msgpack);
  const NOTHING = { consumer_key: null, consumer_secret: null, username: null, private_key: null, login_url: null };

  it("gives the token of the login's own, in every attribute of the schema, and closes", async () => {
    const request = { type_name: 'salesforce_access_token', config: value(NOTHING) };
    const answer = await call('OpenEphemeralResource', 'Open', request);
    expect(valueIn(answer['result'])).toEqual({
      ...NOTHING,
      access_token: TOKEN,
      instance_url: 'http://127.0.0.1:9',
    });
    const again = await call('OpenEphemeralResource', 'Open', request);
    expect(valueIn(again['result'])).toEqual(valueIn(answer['result']));
    const closing = { type_name: 'salesforce_access_token', private: Buffer.alloc(0) };
    expect(await call('CloseEphemeralResource', 'Close', closing)).toEqual({});
    expect(logged.join('\n')).not.toContain(TOKEN);
  });

  it('answers an error of the login as a diagnostic, without the secret', async () => {
    const config = value({ ...NOTHING, consumer_key: 'key', consumer_secret: 'planted-consumer-secret' });
    const answer = await call('OpenEphemeralResource', 'Open', { type_name: 'salesforce_access_token', config });
    expect(answer['diagnostics']).toEqual([expect.objectContaining({ severity: 1 })]);
    expect(answer).not.toHaveProperty('result');
    expect(JSON.stringify([answer, logged])).not.toContain('planted');
  });

  it('calls a function before it is configured, and points at the second argument', async () => {
    const given = [value(['https://portal.acme.example/cb']), value('nobody')];
    const answer = await call('CallFunction', 'Call', { name: 'callback_urls', arguments: given });
    expect(answer['error']).toMatchObject({ function_argument: 1 });
    const scopes = await call('CallFunction', 'Call', { name: 'scopes', arguments: [value(['api'])] });
    expect(valueIn(scopes['result'])).toEqual(['Api']);
  });
});
