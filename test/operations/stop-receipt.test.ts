import type { Component, FieldValue } from '../../lib/metadata/component';
import { isLockedOut, LOCK_OUT_SET, lockOutOf } from '../../lib/metadata/connected-app/lock-out';
import { replacedBy, type StopChange } from '../../lib/operations/stop-receipt';

const app = (fields: Readonly<Record<string, FieldValue>>): Component => ({
  type: 'ConnectedApp',
  fullName: 'Legacy',
  fields,
});
const APPROVED = 'oauthConfig.isAdminApproved';
const locked = app({ [APPROVED]: true, permissionSetName: [LOCK_OUT_SET] });
const stopOf = (record: Component, earlier?: StopChange) =>
  replacedBy(record, lockOutOf(record), earlier, LOCK_OUT_SET);
const change = (record: Component, state: StopChange['state'] = 'stopped'): StopChange => ({
  app: 'Legacy',
  platform: 'connected-app',
  state,
  type: 'ConnectedApp',
  full_name: 'Legacy',
  replaced: stopOf(record),
});
const sales = app({ [APPROVED]: true, permissionSetName: ['Sales'], profileName: ['Admin'] });

describe('a lock-out', () => {
  it('is told by our permission set alone', () => {
    expect(isLockedOut(locked)).toBe(true);
    expect(isLockedOut(undefined)).toBe(false);
  });

  it.each([
    { permissionSetName: [LOCK_OUT_SET, 'Sales'] },
    { permissionSetName: ['Sales'] },
    { profileName: ['Admin'] },
    { [APPROVED]: false },
    { 'oauthConfig.isClientCredentialEnabled': true },
  ])('is none where anybody else gets in: %j', (more: Readonly<Record<string, FieldValue>>) => {
    expect(isLockedOut(app({ ...locked.fields, ...more }))).toBe(false);
  });

  it('locks out whatever it is made of', () => {
    for (const fields of [{}, sales.fields, { 'oauthConfig.isClientCredentialEnabled': true }]) {
      expect(isLockedOut(app({ ...fields, ...lockOutOf(app(fields)) }))).toBe(true);
    }
  });
});

describe('what a stop replaced', () => {
  it('is told field by field', () => {
    expect(stopOf(sales)).toEqual([
      { field: APPROVED, before: true, after: true },
      { field: 'permissionSetName', before: ['Sales'], after: [LOCK_OUT_SET] },
      { field: 'profileName', before: ['Admin'], after: [] },
    ]);
    expect(stopOf(app({}))[0]).toEqual({ field: APPROVED, after: true });
  });

  it('by the first stop is not forgotten by the second, nor where somebody was let in beside the mark', () => {
    const first = change(sales);
    expect(replacedBy(locked, {}, first, LOCK_OUT_SET)).toEqual(first.replaced);
    const opened = app({ ...locked.fields, permissionSetName: [LOCK_OUT_SET, 'Bob'] });
    expect(stopOf(opened, first)).toEqual(first.replaced);
  });

  it('is what stands there now where somebody opened the app by hand, or the stop was undone', () => {
    const now = app({ [APPROVED]: true, permissionSetName: ['Service'] });
    const before = (earlier: StopChange) =>
      stopOf(now, earlier).find(({ field }) => field === 'permissionSetName')?.before;
    expect(before(change(sales))).toEqual(['Service']);
    expect(before(change(sales, 'started'))).toEqual(['Service']);
  });
});
