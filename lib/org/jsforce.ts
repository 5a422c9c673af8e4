import { PassThrough } from 'node:stream';

import type * as metadata from 'jsforce/lib/api/metadata.js';
import type * as connections from 'jsforce/lib/connection.js';
import type * as transport from 'jsforce/lib/transport.js';
import type { HttpRequest, HttpResponse } from 'jsforce/lib/types/common.js';
import type { Schema } from 'jsforce/lib/types/schema.js';
import type * as promises from 'jsforce/lib/util/promise.js';

import { formatApiVersion } from '../metadata/api-version';
import type { AccessToken } from './token';
import { exchange, TransportError, type WireOptions, type WireRequest, type WireResponse } from './transport';

/** jsforce, bound to one session, one API version and one caller's signal. */
export interface Api {
  readonly connection: connections.Connection;
  readonly metadata: metadata.MetadataApi<Schema>;
}

/**
 * Loaded when first needed: jsforce takes longer to load than most commands take to run. These files spare the rest of it
 * (bulk, streaming, analytics). A native import() would fail inside jest, where users test their clients.
 */
/* eslint-disable @typescript-eslint/no-require-imports */
const loadJsforce = () => ({
  Connection: (require('jsforce/lib/connection.js') as typeof connections).Connection,
  MetadataApi: (require('jsforce/lib/api/metadata.js') as typeof metadata).MetadataApi,
  Transport: (require('jsforce/lib/transport.js') as typeof transport).Transport,
  StreamPromise: (require('jsforce/lib/util/promise.js') as typeof promises).StreamPromise,
});
/* eslint-enable @typescript-eslint/no-require-imports */

/**
 * A connection for one call. It has no refresh function: jsforce's would log in again for ever where the new session
 * is refused as well.
 */
export function openApi(input: {
  readonly session: AccessToken;
  readonly apiVersion: number;
  readonly wire: WireOptions;
  /** Called before each request goes out. */
  readonly onRequest: () => void;
  /** Called with each answer as it came; jsforce keeps its headers to itself. */
  readonly onAnswer: (response: WireResponse) => void;
}): Api {
  const { Connection, MetadataApi, Transport, StreamPromise } = loadJsforce();
  class OneExchange extends Transport {
    override httpRequest(request: HttpRequest): promises.StreamPromise<HttpResponse> {
      input.onRequest();
      const promise = exchange(toWire(request), input.wire).then((response) => {
        input.onAnswer(response);
        return response;
      });
      // jsforce wants the answer as a stream too, and pipes the stream whether anyone reads it or not.
      return StreamPromise.create(() => ({ stream: new PassThrough(), promise }));
    }
  }
  const { accessToken, instanceUrl } = input.session;
  const connection = new Connection({
    accessToken,
    instanceUrl,
    // jsforce's own default, 50.0, knows no External Client Apps.
    version: formatApiVersion(input.apiVersion),
    // Whatever the environment asks for: its debug log quotes answers.
    logLevel: 'NONE',
  });
  connection._transport = new OneExchange();
  return { connection, metadata: new MetadataApi(connection) };
}

function toWire({ method, url, headers, body }: HttpRequest): WireRequest {
  if (body !== undefined && body !== null && typeof body !== 'string' && !Buffer.isBuffer(body)) {
    throw new TransportError('only text and bytes are sent', 'UNSUPPORTED', false);
  }
  return { method, url, headers: headers ?? {}, ...(body === undefined || body === null ? {} : { body }) };
}
