import type { Place } from '../client';
import type { Subject } from '../subject';
import { Wire } from '../wire';
import type { WireExchange } from './wire';

/** A record of what goes over the wire that knows what the client was given. */
export function wireOf({ consumer }: Subject, { password }: Place): Wire {
  const wire = new Wire();
  wire.know(password, 'password');
  wire.know(consumer.key, 'consumer key');
  wire.know(consumer.secret, 'consumer secret');
  return wire;
}

/** A call as it is taken down. */
interface Taken extends WireExchange {
  readonly request: WireExchange['request'] & { readonly method: string; readonly path: string };
}

/** Takes a call of a client down: its address, its credentials and the fields of a form; of another body, how long it is. */
export function takeDown(wire: Wire, { request, answer }: Taken): void {
  const { method, path, query, headers, body } = request;
  const form = /^application\/x-www-form-urlencoded/i.test(headers['content-type'] ?? '');
  const sent = form ? [...new URLSearchParams(body.toString('utf8'))] : [];
  const other: readonly (readonly [string, string])[] =
    form || body.length === 0 ? [] : [['body', `${body.length} bytes of ${headers['content-type'] ?? 'no type'}`]];
  const { authorization } = headers;
  wire.record(
    {
      method,
      path,
      headers: authorization === undefined ? {} : { authorization },
      fields: [...query, ...sent, ...other],
    },
    answer.status,
    answer.headers?.['location'] ?? null,
    String(answer.body),
  );
}
