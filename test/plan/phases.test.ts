import type { Component } from '../../lib/metadata/component';
import { type Phase, planPhases } from '../../lib/plan/phases';
import type { FieldChange } from '../../lib/plan/plan';
import type { AppDraft } from '../../lib/plan/plan-app';
import type { ItemDraft } from '../../lib/plan/plan-item';
import { app, change } from '../reports/plan/support';

const record = (type: string, fields: Component['fields'] = {}): Component => ({ type, fullName: type, fields });

const appOf = (name: string, writes: readonly Component[]): AppDraft => ({
  plan: app({ api_name: name }),
  diagnostics: [],
  writes,
  packaged: false,
});

const itemOf = (type: string, changes: readonly FieldChange[], over: Partial<ItemDraft> = {}): ItemDraft => {
  const kind = type === 'OauthOidcSettings' ? ('settings' as const) : ('record' as const);
  const plan = { kind, type, full_name: type, path: 'identity/prod', title: 'Custom scope', kept: [], opens_apps: [] };
  return { plan: { ...plan, action: 'update', changes }, merged: record(type), diagnostics: [], ...over };
};

const setting = (field: string, effect: FieldChange['effect']): FieldChange =>
  change({ type: 'OauthOidcSettings', field, effect });

const SCOPE = itemOf('OauthCustomScope', [change({ type: 'OauthCustomScope', effect: 'narrows' })]);
const HANDLER = itemOf('OauthTokenExchangeHandler', [change({ type: 'OauthTokenExchangeHandler' })]);
const SETTINGS = itemOf('OauthOidcSettings', [setting('opens', 'widens'), setting('tightens', 'narrows')], {
  live: record('OauthOidcSettings', { opens: false, tightens: false, other: 'kept' }),
  merged: record('OauthOidcSettings', { opens: true, tightens: true, other: 'kept' }),
});
const PORTAL = appOf('Portal', [record('ExternalClientApplication')]);

const names = (phases: readonly Phase[]): readonly string[] => phases.map(({ plan }) => plan.name);

describe('the phases of a plan', () => {
  it('are none where nothing is written, whatever was compared', () => {
    const same = itemOf('OauthCustomScope', []);
    expect(planPhases({ apps: [appOf('Portal', [])], items: [same], deletes: [] })).toEqual([]);
  });

  it('open what apps need before them, and tighten what they no longer need after them', () => {
    const items = [HANDLER, SETTINGS, SCOPE];
    const phases = planPhases({ apps: [PORTAL], items, deletes: [] });
    expect(names(phases)).toEqual(['enable', 'apps', 'handlers', 'tighten']);
    expect(phases.map(({ plan: { settings, records } }) => [...settings, ...records])).toEqual([
      ['OauthOidcSettings.opens', 'OauthCustomScope:OauthCustomScope'],
      [],
      ['OauthTokenExchangeHandler:OauthTokenExchangeHandler'],
      ['OauthOidcSettings.tightens'],
    ]);
  });

  it('leave in the first phase the settings that the last one tightens', () => {
    const [enable, , tighten] = planPhases({ apps: [PORTAL], items: [SETTINGS], deletes: [] });
    expect(enable?.writes).toEqual([record('OauthOidcSettings', { opens: true, tightens: false, other: 'kept' })]);
    expect(tighten?.writes).toEqual([SETTINGS.merged]);
    expect(enable?.before).toEqual([SETTINGS.live]);
  });

  it('are one deploy where no app is written or deleted', () => {
    const [only, ...others] = planPhases({ apps: [], items: [SETTINGS, SCOPE, HANDLER], deletes: [] });
    expect(others).toEqual([]);
    expect(only?.plan.settings).toEqual(['OauthOidcSettings.opens', 'OauthOidcSettings.tightens']);
  });

  it('write and delete apps together', () => {
    const old = { type: 'ConnectedApp', apiName: 'Old', path: 'identity/prod' };
    const [only] = planPhases({ apps: [PORTAL], items: [], deletes: [old] });
    expect([only?.plan.apps, only?.deletes]).toEqual([['Portal', 'Old'], [old]]);
  });

  it('leave out an item that a guard blocks', () => {
    const blocked = itemOf('OauthCustomScope', SCOPE.plan.changes, { plan: { ...SCOPE.plan, action: 'blocked' } });
    expect(names(planPhases({ apps: [PORTAL], items: [blocked], deletes: [] }))).toEqual(['apps']);
  });
});
