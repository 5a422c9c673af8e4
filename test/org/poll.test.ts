import type { Clock } from '../../lib/org/clock';
import { OrgError } from '../../lib/org/org-error';
import { poll, pollDelay, type PollSettings } from '../../lib/org/poll';
import { failureOf } from './support';

/** Time that passes only by sleeping. */
function stoppedClock(): Clock & { readonly waits: number[] } {
  let time = 0;
  const waits: number[] = [];
  return {
    waits,
    random: () => 0,
    now: () => time,
    sleep: async (ms, signal) => {
      waits.push(ms);
      if (!signal?.aborted) time += ms;
    },
  };
}

const SETTINGS: PollSettings = { timeoutMs: 60_000, maxConsecutiveErrors: 3 };
const down = (): OrgError => new OrgError('unreachable', 'down', 'wait');

test('the first poll comes soon and the intervals grow to five seconds', () => {
  const delays = Array.from({ length: 14 }, (_, index) => pollDelay('deploy', index));
  expect(delays[0]).toBeLessThanOrEqual(200);
  expect([...delays].sort((a, b) => a - b)).toEqual(delays);
  expect(delays).toEqual(expect.arrayContaining([1000, 2000, 5000]));
  expect(delays.at(-1)).toBe(5000);
});

test('three polls cover the first second and a half, so that a plan stays within its API calls', () => {
  expect(pollDelay('deploy', 0) + pollDelay('deploy', 1) + pollDelay('deploy', 2)).toBeGreaterThanOrEqual(1500);
});

test('after errors in a row the wait grows, up to five seconds', () => {
  expect([1, 2, 3, 4, 5].map((errors) => pollDelay('deploy', 0, errors))).toEqual([1000, 2000, 4000, 5000, 5000]);
});

test('a job is asked about until it is done', async () => {
  const clock = stoppedClock();
  let asked = 0;
  const check = async (): Promise<string | undefined> => (++asked === 3 ? 'done' : undefined);
  await expect(poll({ check, job: 'deploy', id: 'X', settings: SETTINGS, clock })).resolves.toBe('done');
  expect(clock.waits).toEqual([0, 1, 2].map((index) => pollDelay('deploy', index)));
});

test('waiting ends at the timeout, not a poll later, and the job is named', async () => {
  const clock = stoppedClock();
  const error = await failureOf(
    poll({ check: async () => undefined, job: 'deploy', id: 'X', settings: SETTINGS, clock }),
  );
  expect(error).toMatchObject({ kind: 'unreachable', errorCode: 'POLL_TIMEOUT' });
  expect(error.message).toContain('deploy X after 60 s');
  expect(clock.now()).toBe(60_000);
});

test('errors that pass are put up with while an answer comes between them', async () => {
  const clock = stoppedClock();
  let asked = 0;
  const check = async (): Promise<string | undefined> => {
    asked += 1;
    if (asked % 4 !== 0 && asked < 12) throw down();
    return asked === 12 ? 'done' : undefined;
  };
  await expect(poll({ check, job: 'deploy', id: 'X', settings: SETTINGS, clock })).resolves.toBe('done');
});

test('one error too many in a row is the end', async () => {
  const clock = stoppedClock();
  const check = async (): Promise<undefined> => {
    throw down();
  };
  const error = await failureOf(poll({ check, job: 'deploy', id: 'X', settings: SETTINGS, clock }));
  expect(error.message).toBe('down');
  expect(clock.waits).toHaveLength(4);
});

test('an error that will not pass is the end at once', async () => {
  const clock = stoppedClock();
  const check = async (): Promise<undefined> => {
    throw new OrgError('refused', 'no', 'ask', { errorCode: 'INSUFFICIENT_ACCESS' });
  };
  await failureOf(poll({ check, job: 'deploy', id: 'X', settings: SETTINGS, clock }));
  expect(clock.waits).toHaveLength(1);
});

test('an abort ends the waiting without another question', async () => {
  const clock = stoppedClock();
  const controller = new AbortController();
  let asked = 0;
  const check = async (): Promise<undefined> => {
    asked += 1;
    controller.abort();
    return undefined;
  };
  const error = await failureOf(
    poll({ check, job: 'deploy', id: 'X', settings: SETTINGS, clock, signal: controller.signal }),
  );
  expect(error.kind).toBe('aborted');
  expect(asked).toBe(1);
});

test('polls have jitter: up to a quarter longer, never shorter', async () => {
  const clock = { ...stoppedClock(), random: () => 0.999 };
  let asked = 0;
  await poll({
    check: async () => (++asked === 3 ? 'done' : undefined),
    job: 'deploy',
    id: 'X',
    settings: SETTINGS,
    clock,
  });
  expect(clock.waits).toEqual([0, 1, 2].map((index) => Math.round(pollDelay('deploy', index) * 1.24975)));
});

test('an org that asks to be left alone for a while is left alone, at most a minute', async () => {
  const clock = stoppedClock();
  const answers = [20_000, 3_600_000];
  const check = async (): Promise<string> => {
    const retryAfterMs = answers.shift();
    if (retryAfterMs === undefined) return 'done';
    throw new OrgError('unreachable', 'busy', 'wait', { errorCode: 'ERROR_HTTP_429', retryAfterMs });
  };
  const settings = { ...SETTINGS, timeoutMs: 600_000 };
  await expect(poll({ check, job: 'deploy', id: 'X', settings, clock })).resolves.toBe('done');
  expect(clock.waits.slice(1)).toEqual([20_000, 60_000]);
});
