import { type ClientRequest, type IncomingMessage, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { connect as tlsConnect } from 'node:tls';

import { openTunnel, proxyFor, type ProxySettings } from './proxy';

export interface WireRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

export interface WireResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

export interface WireOptions {
  /** Longest silence in milliseconds; the whole exchange may take five times as long. */
  readonly timeoutMs: number;
  readonly proxy?: ProxySettings | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Is given each exchange once it ended, for a log. */
  readonly onExchange?: ((exchanged: Exchanged) => void) | undefined;
}

/** One exchange as a log may show it: no query, no header and no body, in which a credential could be. */
export interface Exchanged {
  /** HTTP method. */
  readonly method: string;
  /** Without its query. */
  readonly url: string;
  /** Of a SOAP request: the name of the operation. */
  readonly operation?: string;
  /** From the first byte sent to the last one received. */
  readonly milliseconds: number;
  /** The HTTP status, or the code of what went wrong: `ECONNREFUSED`. */
  readonly outcome: number | string;
  /** Characters of the answer's body. */
  readonly length?: number;
}

/** Some firewalls turn nameless clients away, and an org's login history shows it. */
const USER_AGENT = 'cdktf-salesforce-client-apps';

/** A retrieve of 39 MB is 52 MB in base64; a bigger answer is not one of ours. */
const LARGEST_ANSWER = 128 * 1024 * 1024;

/** No answer came. Never holds what was sent. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  /** `ECONNREFUSED`, `ETIMEDOUT`, `ABORTED`, `REDIRECTED` ... */
  readonly code: string;
  /** The request may have reached the server: a write must not be repeated. */
  readonly sent: boolean;

  constructor(message: string, code: string, sent: boolean) {
    super(message);
    this.code = code;
    this.sent = sent;
  }
}

/**
 * One HTTP exchange. jsforce's own transport repeats requests, follows redirects with the credentials, cannot be
 * aborted and waits for ever when a connection breaks inside an answer; this one does none of that.
 */
export async function exchange(request: WireRequest, options: WireOptions): Promise<WireResponse> {
  const started = performance.now();
  const log = (outcome: number | string, length?: number): void =>
    options.onExchange?.({
      ...loggable(request),
      milliseconds: Math.round(performance.now() - started),
      outcome,
      ...(length !== undefined && { length }),
    });
  try {
    const response = await attempt(request, options);
    log(response.statusCode, response.body.length);
    return response;
  } catch (error) {
    log(error instanceof TransportError ? error.code : 'failed');
    throw error;
  }
}

function loggable({ method, url, body }: WireRequest): Pick<Exchanged, 'method' | 'url' | 'operation'> {
  const operation = typeof body === 'string' ? /<(?:\w+:)?Body[^>]*>\s*<(?:\w+:)?(\w+)/.exec(body)?.[1] : undefined;
  return { method, url: url.replace(/[?#].*$/s, ''), ...(operation !== undefined && { operation }) };
}

async function attempt(request: WireRequest, options: WireOptions): Promise<WireResponse> {
  const state = { sent: false };
  const deadline = AbortSignal.timeout(options.timeoutMs * 5);
  const signal = options.signal ? AbortSignal.any([options.signal, deadline]) : deadline;
  try {
    signal.throwIfAborted();
    const url = new URL(request.url);
    const proxy = proxyFor(url, options.proxy);
    const tunnel = proxy && (await openTunnel(proxy, url, signal));
    const response = await roundTrip(request, url, tunnel, { signal, timeoutMs: options.timeoutMs, state });
    if (response.statusCode >= 300 && response.statusCode < 400) throw redirected(response);
    return response;
  } catch (error) {
    if (error instanceof TransportError) throw error;
    if (options.signal?.aborted) throw new TransportError('the call was aborted', 'ABORTED', state.sent);
    if (deadline.aborted) throw new TransportError('the answer took too long', 'ETIMEDOUT', state.sent);
    const { message, code } = error as NodeJS.ErrnoException;
    throw new TransportError(message || (code ?? 'no connection'), code ?? 'ECONNFAILED', state.sent);
  }
}

function redirected(response: WireResponse): TransportError {
  const location = response.headers['location'] ?? '';
  const host = URL.canParse(location) ? new URL(location).host : 'another address';
  return new TransportError(`the server redirects to ${host}`, 'REDIRECTED', false);
}

function roundTrip(
  request: WireRequest,
  url: URL,
  tunnel: Socket | undefined,
  run: { readonly signal: AbortSignal; readonly timeoutMs: number; readonly state: { sent: boolean } },
): Promise<WireResponse> {
  const isTls = url.protocol === 'https:';
  const ask = isTls ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const outgoing = ask(url, {
      method: request.method,
      headers: { 'user-agent': USER_AGENT, ...request.headers },
      // A kept connection may be closed by the server at any moment, and a write would then end in doubt.
      agent: false,
      signal: run.signal,
      ...(tunnel && { createConnection: () => tlsConnect({ socket: tunnel, servername: url.hostname }) }),
    });
    watchSending(outgoing, isTls, run.state);
    outgoing.setTimeout(run.timeoutMs, () => {
      outgoing.destroy(new TransportError(`no answer for ${run.timeoutMs} ms`, 'ETIMEDOUT', run.state.sent));
    });
    outgoing.once('error', reject);
    outgoing.once('response', (incoming) => {
      readBody(incoming).then(resolve, reject);
    });
    outgoing.end(request.body);
  });
}

/** Bytes leave once the connection, with TLS its handshake, stands. */
function watchSending(outgoing: ClientRequest, isTls: boolean, state: { sent: boolean }): void {
  outgoing.once('socket', (socket) => {
    if (!isTls && !socket.connecting) state.sent = true;
    else socket.once(isTls ? 'secureConnect' : 'connect', () => (state.sent = true));
  });
}

async function readBody(incoming: IncomingMessage): Promise<WireResponse> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_ANSWER) {
      incoming.destroy();
      throw new TransportError(`the answer is larger than ${LARGEST_ANSWER} bytes`, 'TOO_LARGE', true);
    }
    chunks.push(chunk);
  }
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) headers[name] = [value].flat().join(', ');
  return { statusCode: incoming.statusCode ?? 0, headers, body: textOf(chunks) };
}

/** A byte order mark is no part of the text, and no parser of JSON or XML wants it. */
const textOf = (chunks: readonly Buffer[]): string =>
  Buffer.concat(chunks)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
