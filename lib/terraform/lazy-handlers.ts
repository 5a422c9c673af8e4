import { loadProvider } from './load';
import type { Edges } from './org/session';
import { METHOD_NAMES } from './wire/protocol';
import type { Handlers } from './wire/server';

/** The provider, loaded by the first call: Terraform's handshake waits for nothing. */
export function lazyHandlers(edges: Edges): Handlers {
  let provider: Handlers | undefined;
  return Object.fromEntries(
    METHOD_NAMES.map((name) => [
      name,
      (request: Parameters<NonNullable<Handlers[typeof name]>>[0]) => {
        provider ??= loadProvider().createProvider(edges);
        const handler = provider[name];
        if (!handler) throw new TypeError(`No answer to ${name}`);
        return handler(request);
      },
    ]),
  );
}
