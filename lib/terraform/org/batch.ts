import type { Clock } from '../../org/clock';

/** Collects what arrives close together and carries it out together. */
export interface Batch<T, R> {
  readonly add: (item: T) => Promise<R>;
}

/** How long things gather. */
export interface Gathering {
  readonly windowMs: number;
  readonly clock: Clock;
  /** True while something is going on that ends in another item. Default: never. */
  readonly expects?: () => boolean;
}

interface Waiting<T, R> {
  readonly item: T;
  readonly resolve: (result: R) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * A batch is closed when nothing has arrived for `windowMs` and nothing is expected; batches run one after the other, and
 * what arrives while one runs gathers for the next.
 * @param carryOut Gives the results in the order of the items.
 */
export function createBatch<T, R>(
  { windowMs, clock, expects = () => false }: Gathering,
  carryOut: (items: readonly T[]) => Promise<readonly R[]>,
): Batch<T, R> {
  let waiting: Waiting<T, R>[] = [];
  let running = false;

  async function run(): Promise<void> {
    running = true;
    while (waiting.length > 0) {
      let seen = 0;
      while (seen < waiting.length || expects()) {
        seen = waiting.length;
        await clock.sleep(windowMs);
      }
      const taken = waiting;
      waiting = [];
      try {
        const results = await carryOut(taken.map(({ item }) => item));
        for (const [index, { resolve, reject }] of taken.entries()) {
          if (index in results) resolve(results[index] as R);
          else reject(new TypeError('A batch gave fewer results than it had items'));
        }
      } catch (error) {
        for (const { reject } of taken) reject(error);
      }
    }
    running = false;
  }

  return {
    add: (item) =>
      new Promise<R>((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        if (!running) void run();
      }),
  };
}
