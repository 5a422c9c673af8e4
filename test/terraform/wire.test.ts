import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
  credentials as grpcCredentials,
  makeGenericClientConstructor,
  Metadata,
  type ServiceError,
} from '@grpc/grpc-js';
import { decode, encode, ExtData } from '@msgpack/msgpack';
import fc from 'fast-check';
import { generate } from 'selfsigned';

import { loadProtocol } from '../../lib/terraform/wire/protocol';
import { serve, type Serving } from '../../lib/terraform/wire/server';
import { readValue, Unknown, type Value, writeValue } from '../../lib/terraform/wire/value';
import { isolatedProvider } from './provider-support';

describe('values on the wire', () => {
  const known: fc.Arbitrary<Value> = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.constant(null),
      fc.string(),
      fc.boolean(),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (Object.is(number, -0) ? 0 : number)),
      fc.array(tie('value') as fc.Arbitrary<Value>),
      fc.dictionary(
        fc.string().filter((name) => name !== '__proto__'),
        tie('value') as fc.Arbitrary<Value>,
      ),
    ),
  })).value;

  it('come back as they were written', () => {
    fc.assert(fc.property(known, (value) => expect(readValue(writeValue(value))).toEqual(value)));
  });

  it('come from JSON where that is what Terraform has', () => {
    expect(readValue({ json: Buffer.from('{"a":[1,null,"x"]}') })).toEqual({ a: [1, null, 'x'] });
    expect(readValue({ msgpack: new Uint8Array(), json: new Uint8Array() })).toBeNull();
  });

  it('are unknown for every extension type, and give a refinement back byte by byte', () => {
    // Map with an integer key (not null: 1 -> false), as Terraform refines text that begins with something known.
    const refinement = new Uint8Array([0x81, 0x01, 0xc2]);
    for (const [type, data] of [
      [0, new Uint8Array([0])],
      [12, refinement],
    ] as const) {
      const bytes = encode({ label: new ExtData(type, data) });
      const value = readValue({ msgpack: bytes });
      expect(value).toEqual({ label: new Unknown(type, data) });
      expect(decode(writeValue(value).msgpack ?? new Uint8Array())).toEqual({ label: new ExtData(type, data) });
    }
    expect(readValue({ msgpack: encode({ label: new ExtData(77, refinement) }) })).toMatchObject({
      label: { type: 77 },
    });
  });
});

describe('the connection', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wire-'));
  const socketPath = join(folder, 's');
  const { methods } = loadProtocol();
  const ended: string[] = [];
  let serving: Serving;
  let client: { readonly cert: string; readonly private: string };

  beforeAll(async () => {
    const options = { keySize: 2048, algorithm: 'sha256' } as const;
    client = await generate([{ name: 'commonName', value: 'localhost' }], options);
    serving = await serve({
      handlers: {
        StopProvider: () => ({ error: 'heard' }),
        GetProviderSchema: () => Promise.reject(new Error('boom')),
      },
      clientCertificate: client.cert,
      socketPath,
      now: Date.now(),
      onShutdown: () => ended.push('shutdown'),
      onLastStream: () => ended.push('streams'),
      onError: (method, error) => ended.push(`${method}: ${String(error)}`),
    });
  });
  afterAll(async () => {
    await serving.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A client that is not ours: it only shares the numbers of the fields. */
  function call(name: string, certificate: typeof client | undefined): Promise<unknown> {
    // PEM wants the padding that the handshake leaves out.
    const der = Buffer.from(serving.certificate, 'base64')
      .toString('base64')
      .replace(/(.{64})/g, '$1\n');
    const root = Buffer.from(`-----BEGIN CERTIFICATE-----\n${der}\n-----END CERTIFICATE-----\n`);
    const key = certificate ? Buffer.from(certificate.private) : null;
    const tls = grpcCredentials.createSsl(root, key, certificate ? Buffer.from(certificate.cert) : null);
    const method = methods.find((each) => each.name === name);
    if (!method) throw new Error(`no method ${name}`);
    const definition = {
      path: `/tfplugin6.Provider/${name}`,
      requestStream: false,
      responseStream: false,
      requestSerialize: () => Buffer.alloc(0),
      requestDeserialize: (bytes: Buffer) => bytes,
      responseSerialize: (bytes: Buffer) => bytes,
      responseDeserialize: method.response.decode,
    } as const;
    const Client = makeGenericClientConstructor({ [name]: definition }, 'test');
    const connection = new Client(`unix:${socketPath}`, tls, { 'grpc.ssl_target_name_override': 'localhost' });
    return new Promise((resolve, reject) => {
      connection.makeUnaryRequest(
        definition.path,
        definition.requestSerialize,
        definition.responseDeserialize,
        {},
        new Metadata(),
        { deadline: Date.now() + 3_000 },
        (error: ServiceError | null, answer?: unknown) => {
          connection.close();
          if (error) reject(error);
          else resolve(answer);
        },
      );
    });
  }

  it('serves the client that the handshake names', async () => {
    expect(await call('StopProvider', client)).toEqual({ error: 'heard' });
    expect(serving.certificate).not.toContain('=');
  });

  it('cuts off a client with another certificate, or with none', async () => {
    const other = await generate([{ name: 'commonName', value: 'localhost' }], { keySize: 2048, algorithm: 'sha256' });
    await expect(call('StopProvider', other)).rejects.toThrow();
    await expect(call('StopProvider', undefined)).rejects.toThrow();
  });

  it('tells an error of ours to the log and not to the client', async () => {
    await expect(call('GetProviderSchema', client)).rejects.toThrow(/see the provider's log/);
    expect(ended).toContain('GetProviderSchema: Error: boom');
  });
});

describe('a provider that nobody calls', () => {
  it('ends with the process that started it', async () => {
    const provider = isolatedProvider();
    // A shell that goes away once it is let: what it started gets another parent.
    const script = `'${process.execPath}' '${provider}' & echo $!; read -r _`;
    const shell = spawn('sh', ['-c', script], {
      env: {
        ...process.env,
        TF_PLUGIN_MAGIC_COOKIE: 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2',
      },
    });
    let said = '';
    shell.stdout.on('data', (data: Buffer) => (said += data.toString()));
    const lines = async (): Promise<readonly string[]> => {
      for (let tries = 0; tries < 400 && !said.includes('|grpc|'); tries += 1) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return said.trim().split('\n');
    };
    const all = await lines();
    const pid = Number(all.find((line) => /^\d+$/.test(line)));
    const handshake = all.find((line) => line.startsWith('1|6|unix|')) ?? '';
    const socket = handshake.split('|')[3] ?? '';
    expect(existsSync(socket)).toBe(true);
    shell.stdin.end();
    connect(socket)
      .on('error', () => undefined)
      .destroy();
    const alive = (): boolean => {
      try {
        return process.kill(pid, 0);
      } catch {
        return false;
      }
    };
    for (let tries = 0; tries < 400 && alive(); tries += 1) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(alive()).toBe(false);
    expect(existsSync(socket)).toBe(false);
  });
});
