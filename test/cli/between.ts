import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Emulator } from '../../lib/emulator';

/** What happens to the n-th request on its way, counted from 1. */
export interface OnTheWay {
  /** True: the org never gets it, and no answer comes. */
  readonly before?: (n: number) => boolean;
  /** The org did what was asked. True: no answer comes. */
  readonly after?: (n: number) => boolean;
  /** From the n-th request on nobody listens. */
  readonly refusedFrom?: number;
}

/** What stands between a program and the org. */
export interface Between {
  readonly url: string;
  /** How many requests came. */
  readonly count: () => number;
  readonly close: () => void;
}

export async function between({ url: org }: Pick<Emulator, 'url'>, way: OnTheWay): Promise<Between> {
  let count = 0;
  const server: Server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const n = (count += 1);
      if (way.before?.(n)) return;
      const { method, url, headers } = incoming;
      // The org answers under its own name only.
      const own = { ...headers, host: new URL(org).host };
      const onward = request(`${org}${url}`, { method, headers: own }, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () => {
          if (way.after?.(n)) return;
          if (n + 1 === way.refusedFrom) server.close();
          outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
          outgoing.end(Buffer.concat(parts));
        });
      });
      onward.on('error', () => outgoing.destroy());
      onward.end(Buffer.concat(chunks));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  if (way.refusedFrom === 1) server.close();
  return {
    url: `http://127.0.0.1:${port}`,
    count: () => count,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
