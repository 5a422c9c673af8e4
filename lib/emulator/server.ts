import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import type { HttpAnswer, HttpRequest, OrgContext } from './context';
import type { EmulatorFault } from './faults';
import { answerRest, EXPIRED, matchRoute, restError } from './rest/dispatch';
import { answerSoap, envelopeOf, soapFault, soapVersion } from './soap/dispatch';

/** One call, for counting. */
export interface EmulatorCall {
  readonly api: 'rest' | 'soap';
  /** SOAP operation, or what the REST resource does: `deploy`, `query`, `token` …; `unknown` for no resource. */
  readonly operation: string;
  /** HTTP status sent; 0 when the connection was cut. */
  readonly status: number;
  /** ISO time of arrival. */
  readonly at: string;
}

/** A call and its answer as they went over the wire. */
export interface Exchange {
  readonly operation: string;
  readonly request: HttpRequest;
  readonly answer: HttpAnswer;
}

/** Who looks on from outside. */
export interface Watch {
  /** Before a call is carried out, which waits for it. */
  readonly before: (call: Omit<Exchange, 'answer'>) => Promise<void> | void;
  /** After it, with what was said where it was answered. */
  readonly after: (call: EmulatorCall, exchange?: Exchange) => void;
}

/** Largest request: a 39 MB zip in base64 inside a SOAP message. */
const MAX_BODY_BYTES = 58 * 1024 * 1024;

/** The HTTP server of one org; not listening yet. */
export function createOrgServer(context: OrgContext, watch: Watch, latencyMs: number, patienceMs: number): Server {
  // A request that trickles in is refused (408) instead of holding a connection for as long as it likes.
  const patience = { requestTimeout: patienceMs, headersTimeout: patienceMs, connectionsCheckingInterval: 250 };
  return createServer(patience, (incoming, outgoing) => {
    respond(context, incoming, outgoing, watch, latencyMs).catch((error: unknown) => {
      // A defect of the emulator, not of the caller: say so in the answer instead of hanging.
      const message = error instanceof Error ? error.message : String(error);
      if (!outgoing.headersSent) send(outgoing, restError({ code: 'UNKNOWN_EXCEPTION', message, status: 500 }));
      else outgoing.destroy();
    });
  });
}

/** Asked under another name, or by a page of another place: what a name that is bound to 127.0.0.1 anew would do. */
function isForeign({ headers }: HttpRequest, url: string): boolean {
  const { port } = new URL(url);
  const own = ['127.0.0.1', 'localhost', '[::1]'].map((host) => `${host}:${port}`);
  const { host, origin } = headers;
  return !own.includes(host ?? '') || (origin !== undefined && !own.some((one) => origin === `http://${one}`));
}

/** With the address that the org takes for the caller’s, where it says none itself. */
const placed = (request: HttpRequest, { address }: OrgContext): HttpRequest =>
  address === undefined ? request : { ...request, headers: { 'x-emulator-ip': address, ...request.headers } };

/** A call that is understood, but not yet carried out. */
interface Understood {
  readonly api: 'rest' | 'soap';
  readonly operation: string;
  readonly answer: () => Promise<HttpAnswer>;
}

async function respond(
  context: OrgContext,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  watch: Watch,
  latencyMs: number,
): Promise<void> {
  const at = context.now();
  const read = await readRequest(incoming);
  if (read === 'no-address' || hostsOf(incoming) > 1) {
    const message = 'The request says no address, or more than one';
    send(outgoing, restError({ code: 'BAD_REQUEST', message, status: 400 }));
    return;
  }
  if (read === undefined) {
    send(outgoing, restError({ code: 'REQUEST_TOO_LARGE', message: 'The request is too large', status: 413 }));
    return;
  }
  const request = placed(read, context);
  if (isForeign(request, context.url())) {
    send(outgoing, restError({ code: 'FORBIDDEN', message: 'The emulated org answers on loopback only', status: 403 }));
    return;
  }
  if (latencyMs > 0) await sleep(latencyMs);
  const { api, operation, answer } = understand(context, request);
  await watch.before({ operation, request });
  // What steers the org from outside works whatever else goes wrong.
  const fault = request.path.startsWith('/__emulator/') ? undefined : context.faults.takeOuter(api, operation);
  if (fault?.kind === 'slow') await sleep(fault.ms);
  const replaced = fault && insteadOf(fault, api);
  const sent = replaced ?? (fault?.kind === 'drop' ? undefined : await answer());
  const dropped = fault?.kind === 'drop' || fault?.kind === 'drop-after' || sent === undefined;
  watch.after({ api, operation, status: dropped ? 0 : sent.status, at }, sent && { operation, request, answer: sent });
  if (dropped) incoming.socket.destroy();
  else send(outgoing, sent);
}

function understand(context: OrgContext, request: HttpRequest): Understood {
  const version = soapVersion(request.path);
  if (version !== undefined) {
    const envelope = envelopeOf(request);
    return {
      api: 'soap',
      operation: typeof envelope === 'string' ? 'unknown' : envelope.operation.name,
      answer: () => answerSoap(context, envelope, version),
    };
  }
  const matched = matchRoute(methodOf(request), request.path);
  return {
    api: 'rest',
    operation: typeof matched === 'object' ? matched.route.operation : 'unknown',
    answer: () => answerRest(context, request, matched),
  };
}

/** HEAD is GET without the body, which Node leaves out; where a GET does something, it is not taken. */
const methodOf = ({ method, path }: HttpRequest): string =>
  method === 'HEAD' && !/^\/services\/(oauth2|auth)\//.test(path) ? 'GET' : method;

/** The answer a fault gives in place of the real one. */
function insteadOf(fault: EmulatorFault, api: 'rest' | 'soap'): HttpAnswer | undefined {
  const contentType = api === 'soap' ? 'text/xml; charset=utf-8' : 'application/json;charset=UTF-8';
  switch (fault.kind) {
    case 'http':
      return {
        status: fault.status,
        contentType: fault.contentType ?? 'text/plain',
        body: fault.body ?? '',
        ...(fault.headers && { headers: fault.headers }),
      };
    case 'html':
      return {
        status: 200,
        contentType: 'text/html',
        body: '<html><body><h1>We are down for maintenance.</h1></body></html>',
      };
    case 'empty-body':
      return { status: 200, contentType, body: '' };
    case 'invalid-session':
      return api === 'soap'
        ? soapFault('INVALID_SESSION_ID', 'Invalid Session ID found in SessionHeader: Illegal Session')
        : restError(EXPIRED);
    case 'api-error':
      return api === 'soap'
        ? soapFault(fault.code, fault.message)
        : restError({ code: fault.code, message: fault.message, status: fault.status ?? 400 });
    default:
      return undefined;
  }
}

/** Node keeps the first of several, and another reader the last. */
const hostsOf = ({ rawHeaders }: IncomingMessage): number =>
  rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length;

const LOOPBACK = 'http://127.0.0.1';

async function readRequest(incoming: IncomingMessage): Promise<HttpRequest | 'no-address' | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size <= MAX_BODY_BYTES) chunks.push(bytes);
  }
  if (size > MAX_BODY_BYTES) return undefined;
  const target = (incoming.url ?? '/').replace(/^\/+/, '/');
  if (!URL.canParse(target, LOOPBACK)) return 'no-address';
  const url = new URL(target, LOOPBACK);
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, [value].flat().join(', ')]);
  // A whole address says where the request is for, whatever the header Host says beside it.
  if (!target.startsWith('/') && target !== '*') headers.push(['host', url.host]);
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname.replace(/\/{2,}/g, '/'),
    query: url.searchParams,
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: Buffer.concat(chunks),
  };
}

function send(outgoing: ServerResponse, { status, contentType, body, headers }: HttpAnswer): void {
  outgoing.writeHead(status, { 'content-type': contentType, 'content-length': Buffer.byteLength(body), ...headers });
  outgoing.end(body);
}
