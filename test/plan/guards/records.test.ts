import type { ManifestRecord } from '../../../lib/metadata/manifest';
import { guardRecord } from '../../../lib/plan/guards/guard-record';
import { liveSwitch, switchAfter } from '../../../lib/plan/org-switch';
import { change } from '../../reports/plan/support';
import { type Case, situationOf } from './describe-guard';

const HANDLER: ManifestRecord = {
  path: 'identity/prod/Exchange',
  type: 'OauthTokenExchangeHandler',
  name: 'Exchange',
  fields: {},
  preserved: [],
  exceptions: [],
};

const found = (over: Partial<ManifestRecord>, given: Case = {}, written = true): readonly string[] => {
  const diff = { changes: written ? [change({})] : [], unchanged: 0, kept: [], unreadable: [], serverWins: [] };
  const merged = { type: HANDLER.type, fullName: HANDLER.name, fields: {} };
  const record = { ...HANDLER, ...over };
  return guardRecord({ record, live: undefined, diff: { ...diff, merged }, situation: situationOf(given) }).map(
    ({ code }) => code,
  );
};

describe('the guard of a record beside the apps', () => {
  const excused = (expires: string) => ({
    exceptions: [{ option: 'createsUsers', reason: 'r', approved_by: 'a', expires }],
  });

  it('judges its justification as that of an app: through its last day, and for a year', () => {
    expect(found({})).toEqual([]);
    expect(found(excused('2026-11-28'))).toEqual([]);
    expect(found(excused('2026-11-27'))).toEqual(['justification-expired']);
    expect(found(excused('2027-11-29'))).toEqual(['justification-too-long']);
  });

  it('leaves what only Terraform knows to Terraform, where the record is written', () => {
    expect(found({ late: ['tokenHandlerApex'] })).toEqual(['value-known-to-terraform']);
    expect(found({ late: ['tokenHandlerApex'] }, {}, false)).toEqual([]);
  });

  it('refuses an app that neither the org nor the code has', () => {
    const serves = (name: string) => ({
      fields: { enablements: { value: [{ externalClientApp: name }], ownership: 'stated' as const } },
    });
    expect(found(serves('Nobody'))).toEqual(['app-missing']);
    expect(found(serves('Portal'))).toEqual([]);
  });
});

describe('a switch of the org', () => {
  const stated = (value: boolean): Case => ({
    settings: [
      {
        type: 'OauthOidcSettings',
        name: 'OauthOidc',
        fields: { isPkceRequired: { value, ownership: 'stated' } },
        preserved: [],
      },
    ],
  });

  it('is as the code says once the plan is carried out, and else as it is', () => {
    const on = { orgSettings: { isPkceRequired: true } };
    expect(switchAfter(situationOf(on), 'isPkceRequired')).toBe(true);
    expect(switchAfter(situationOf({ ...on, ...stated(false) }), 'isPkceRequired')).toBe(false);
    expect(switchAfter(situationOf(stated(true)), 'isPkceRequired')).toBe(true);
    expect(liveSwitch(situationOf({ ...on, ...stated(false) }), 'isPkceRequired')).toBe(true);
  });

  it('is off where the org does not return it, and not known where its settings were not read', () => {
    expect(switchAfter(situationOf({ orgSettings: {} }), 'isPkceRequired')).toBe(false);
    expect(switchAfter(situationOf({}), 'isPkceRequired')).toBeUndefined();
  });
});
