import { leftBehind, nextStep, type RotationRecord } from '../../lib/operations/rotation-record';

const record = (change: Partial<RotationRecord>): RotationRecord => ({
  ...{ format_version: '1.1', org: 'prod', org_id: '00D000000000001', app: 'Sync' },
  ...{ state: 'staging', opened_secret_access: true, former_key: 'old', begun: '2026-11-21T08:00:00.000Z' },
  ...change,
});
const NEW = { state: 'Active', id: '1', key: 'new' };
const FORMER = { state: 'Rotated', id: '1', key: 'old' };

describe('how a rotation that was cut off goes on', () => {
  it.each([
    ['nothing was staged', { state: 'staging' }, 'old', undefined, 'stage'],
    ['staged, and no one saw the answer', { state: 'staging' }, 'old', NEW, 'hand over'],
    ['staged', { state: 'staged', new_key: 'new' }, 'old', NEW, 'hand over'],
    ['handed over', { state: 'handed over', new_key: 'new' }, 'old', NEW, 'promote'],
    ['in use, and not noted', { state: 'handed over', new_key: 'new' }, 'new', FORMER, 'note rotated'],
    ['in use, the former ones not ended', { state: 'rotated', new_key: 'new' }, 'new', FORMER, 'end former'],
    ['the former ones are gone', { state: 'rotated', new_key: 'new' }, 'new', undefined, 'note ended'],
    ['someone deleted what was staged', { state: 'staged', new_key: 'new' }, 'old', undefined, 'gone'],
    ['somebody staged others', { state: 'staged', new_key: 'third' }, 'old', NEW, 'foreign'],
    ['somebody rotated since', { state: 'staged', new_key: 'third' }, 'new', FORMER, 'foreign'],
    ['in use, and the disk was full', { state: 'staging' }, 'new', FORMER, 'unrecorded'],
    ['rotated twice since', { state: 'staging' }, 'new', { ...FORMER, key: 'x' }, 'foreign'],
    ['somebody staged after it', { state: 'rotated', new_key: 'new' }, 'new', { ...NEW, key: 'x' }, 'foreign'],
    ['former ones of another rotation', { state: 'staging' }, 'old', { ...FORMER, key: 'x' }, 'foreign'],
  ] as const)('%s', (_, change, inUse, beside, next) => {
    expect(nextStep(record(change), { key: inUse }, beside)).toBe(next);
  });
});

it('what is left behind is said of each app, and nothing of a rotation that came to its end', () => {
  const now = '2026-11-21T09:00:00.000Z';
  const left = leftBehind(
    [
      ...(['staging', 'staged', 'handed over', 'rolled back', 'ended'] as const).map((state) => record({ state })),
      record({ state: 'rotated', keep_former_until: '2026-11-21T09:00:00.001Z' }),
      record({ state: 'rotated', keep_former_until: now }),
    ],
    { ...record({}), setting: 'switch', begun: now },
    { org: 'prod', now },
  );
  expect(left.map(({ code }) => code)).toEqual([
    ...['rotation-cut-off', 'rotation-cut-off', 'rotation-cut-off'],
    ...['former-credentials-due', 'secret-access-cut-off'],
  ]);
  // As it has to be typed where the program has several orgs.
  expect(left.filter(({ remedy }) => !remedy?.includes('client-apps rotate prod/Sync --'))).toEqual([]);
});
