import {
  Server,
  ServerCredentials,
  type ServiceDefinition,
  status,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';

import { createIdentity } from './certificate';
import { type Codec, loadProtocol, type Message, type Method } from './protocol';

/** Answers of a provider, by method. One that is missing is answered as not implemented. */
export type Handlers = Partial<Readonly<Record<Method, (request: Message) => Promise<Message> | Message>>>;

export interface ServeOptions {
  readonly handlers: Handlers;
  /** PEM of the only client that may connect, from PLUGIN_CLIENT_CERT; without it there is no TLS. */
  readonly clientCertificate: string | undefined;
  /** Path of the unix socket to listen on; undefined: any free TCP port of 127.0.0.1, for systems without such sockets. */
  readonly socketPath: string | undefined;
  /** Now, in milliseconds: the certificate begins to hold then. */
  readonly now: number;
  /** Terraform asks the process to end. */
  readonly onShutdown: () => void;
  /** The last of the streams that Terraform holds open for as long as it lives has ended. */
  readonly onLastStream: () => void;
  /** A handler threw; the message must hold no secret. */
  readonly onError: (method: string, error: unknown) => void;
}

export interface Serving {
  /** Network and address for the handshake: `unix|/tmp/x.sock`, `tcp|127.0.0.1:4711`. */
  readonly address: string;
  /** The certificate for the handshake; empty without TLS. */
  readonly certificate: string;
  /** Number of calls under way, streams not counted. */
  readonly busy: () => number;
  readonly close: () => Promise<void>;
}

/** Serves a provider on a unix socket with mutual TLS, beside the services that Terraform's plugin host expects. */
export async function serve(options: ServeOptions): Promise<Serving> {
  const { clientCertificate, socketPath } = options;
  const protocol = loadProtocol();
  const identity = clientCertificate === undefined ? undefined : await createIdentity(options.now);
  // Plans of large stacks exceed the library's 4 MB.
  const server = new Server({ 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 });
  let busy = 0;

  const definition: Record<string, ServiceDefinition[string]> = {};
  const implementation: UntypedServiceImplementation = {};
  for (const { name, request, response } of protocol.methods) {
    const handler = options.handlers[name];
    if (!handler) continue;
    definition[name] = unary(`/tfplugin6.Provider/${name}`, request, response);
    implementation[name] = (call: { readonly request: Message }, callback: Callback) => {
      busy += 1;
      Promise.resolve()
        .then(() => handler(call.request))
        .then(
          (answer) => callback(null, answer),
          (error: unknown) => {
            options.onError(name, error);
            callback({ code: status.INTERNAL, details: `${name} failed; see the provider's log` });
          },
        )
        .finally(() => (busy -= 1));
    };
  }
  server.addService(definition, implementation);
  server.addService(
    { Shutdown: unary('/plugin.GRPCController/Shutdown', protocol.empty, protocol.empty) },
    {
      Shutdown: (_call: unknown, callback: Callback) => {
        callback(null, {});
        options.onShutdown();
      },
    },
  );
  server.addService(
    { Check: unary('/grpc.health.v1.Health/Check', protocol.empty, protocol.health) },
    { Check: (_call: unknown, callback: Callback) => callback(null, { status: 1 }) },
  );

  const streams = new Set<HeldStream>();
  const hold = (call: HeldStream): void => {
    streams.add(call);
    const release = (): void => {
      if (streams.delete(call) && streams.size === 0) options.onLastStream();
    };
    call.on('cancelled', release);
    call.on('error', release);
    call.on('data', () => undefined);
  };
  for (const [name, path] of HELD) {
    const method = { ...unary(path, protocol.empty, protocol.empty), responseStream: true };
    const both = name === 'StartStream' ? { ...method, requestStream: true } : method;
    server.addService({ [name]: both }, { [name]: hold });
  }

  const credentials = identity
    ? ServerCredentials.createSsl(
        Buffer.from(clientCertificate ?? ''),
        [{ cert_chain: Buffer.from(identity.certificatePem), private_key: Buffer.from(identity.keyPem) }],
        true,
      )
    : ServerCredentials.createInsecure();
  const at = socketPath === undefined ? '127.0.0.1:0' : `unix:${socketPath}`;
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync(at, credentials, (error, bound) => (error ? reject(error) : resolve(bound)));
  });
  return {
    address: socketPath === undefined ? `tcp|127.0.0.1:${port}` : `unix|${socketPath}`,
    certificate: identity?.handshake ?? '',
    busy: () => busy,
    close: async () => {
      for (const stream of [...streams]) {
        streams.delete(stream);
        stream.end();
      }
      await new Promise<void>((resolve) => {
        server.tryShutdown(() => resolve());
        setTimeout(() => server.forceShutdown(), 500).unref();
      });
    },
  };
}

/** Streams of Terraform's plugin host on which nothing is ever said: their end is the end of the connection. */
const HELD = [
  ['StartStream', '/plugin.GRPCBroker/StartStream'],
  ['StreamStdio', '/plugin.GRPCStdio/StreamStdio'],
] as const;

interface HeldStream {
  on(event: string, listener: () => void): unknown;
  end(): unknown;
}

type Callback = (error: { readonly code: number; readonly details: string } | null, answer?: Message) => void;

function unary(path: string, request: Codec, response: Codec): ServiceDefinition[string] {
  return {
    path,
    requestStream: false,
    responseStream: false,
    requestSerialize: (message: Message) => request.encode(message),
    requestDeserialize: (bytes) => request.decode(bytes),
    responseSerialize: (message: Message) => response.encode(message),
    responseDeserialize: (bytes) => response.decode(bytes),
  };
}
