import type { Clock } from '../../org/clock';

/** Collects what arrives close together and carries it out together. */
export interface Batch<T, R> {
  readonly add: (item: T) => Promise<R>;
}

/** How long things gather, in looks at the clock. */
export interface Gathering {
  /** Time between two looks, in milliseconds. What arrived meanwhile has been taken in before each. */
  readonly lookMs: number;
  /** How many looks in a row must find nothing new before the batch is closed, for the number of things that wait. */
  readonly looks: (waiting: number) => number;
  readonly clock: Clock;
  /** A number that changes with everything that happens and may end in another item. Default: always the same. */
  readonly activity?: () => number;
  /** True while something is going on that ends in another item. Default: never. */
  readonly expects?: () => boolean;
}

interface Waiting<T, R> {
  readonly item: T;
  readonly resolve: (result: R) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * A batch is closed when nothing has happened for some time and nothing is expected; batches run one after the other, and
 * what arrives while one runs gathers for the next. Time is counted in looks: while the machine is too busy to let this
 * process run, the batch stays open.
 * @param executeItems Gives the results in the order of the items.
 */
export function createBatch<T, R>(
  { lookMs, looks, clock, activity = () => 0, expects = () => false }: Gathering,
  executeItems: (items: readonly T[]) => Promise<readonly R[]>,
): Batch<T, R> {
  let waiting: Waiting<T, R>[] = [];
  let running = false;

  async function gather(): Promise<void> {
    let seen = '';
    for (let quiet = 0; quiet < looks(waiting.length);) {
      await clock.sleep(lookMs);
      const now = `${waiting.length} ${activity()}`;
      quiet = now === seen && !expects() ? quiet + 1 : 0;
      seen = now;
    }
  }

  async function run(): Promise<void> {
    running = true;
    while (waiting.length > 0) {
      await gather();
      const taken = waiting;
      waiting = [];
      try {
        const results = await executeItems(taken.map(({ item }) => item));
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
