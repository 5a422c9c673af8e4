import type { Clock } from '../../org/clock';

/**
 * What Terraform is asking this process for. Terraform plans each change once more before it applies it, so what is being
 * planned, or was planned a moment ago, will arrive as a change.
 */
export interface Traffic {
  /** A number that changes with every call that begins or ends. */
  readonly activity: () => number;
  /** True while a change is being planned, or is planned and has not arrived. */
  readonly expects: () => boolean;
  /** Notes a call of any kind. */
  readonly call: <T>(work: () => T | Promise<T>) => Promise<T>;
  /** Notes the planning of a change. @param changes Whether an apply of the result will follow. */
  readonly planning: <T>(name: string, work: () => Promise<T>, changes: (result: T) => boolean) => Promise<T>;
  /** The change that was planned under that name has arrived. */
  readonly arrived: (name: string) => void;
}

/** How long a planned change may take to arrive, in milliseconds. In a run that only plans it never does. */
const ARRIVAL_MS = 3_000;

export function createTraffic(clock: Clock): Traffic {
  const planned = new Map<string, number>();
  let calls = 0;
  let planning = 0;
  return {
    activity: () => calls,
    expects: () => {
      const oldest = clock.now() - ARRIVAL_MS;
      return planning > 0 || [...planned.values()].some((when) => when > oldest);
    },
    call: async (work) => {
      calls += 1;
      try {
        return await work();
      } finally {
        calls += 1;
      }
    },
    planning: async (name, work, changes) => {
      planning += 1;
      try {
        const result = await work();
        if (changes(result)) planned.set(name, clock.now());
        return result;
      } finally {
        planning -= 1;
      }
    },
    arrived: (name) => {
      planned.delete(name);
    },
  };
}
