import type { FieldValue } from '../../../lib/metadata/component';
import type { ManifestApp, ManifestComponent } from '../../../lib/metadata/manifest';
import type { ObservedApp, ObservedOrg } from '../../../lib/metadata/observed';
import type { OrgFacts, OrgIdentity } from '../../../lib/org/org';
import type { ComponentDiff } from '../../../lib/plan/diff';
import type { AppGuard } from '../../../lib/plan/guards/guard';
import { type Consents, NO_CONSENTS } from '../../../lib/plan/plan';
import type { Situation } from '../../../lib/plan/situation';
import { change } from '../../reports/plan/support';

type Fields = Readonly<Record<string, FieldValue>>;

/** What one case says; the rest is an app that is there and asks for nothing, in an org that was read completely. */
export interface Case {
  readonly app?: Partial<ManifestApp>;
  /** Declared fields, by type. */
  readonly declares?: Readonly<Record<string, Fields>>;
  /** The app in the org, and its fields by type; `none`: there is no app. */
  readonly live?: 'none' | Partial<ObservedApp>;
  readonly has?: Readonly<Record<string, Fields>>;
  /** Fields that the plan changes, by what it does to clients. */
  readonly changes?: Readonly<Record<string, 'none' | 'breaks'>>;
  readonly serverWins?: readonly string[];
  readonly stopped?: boolean;
  readonly observed?: Partial<ObservedOrg>;
  readonly orgSettings?: Fields;
  /** Org settings that the code states. */
  readonly settings?: readonly ManifestComponent[];
  readonly facts?: Partial<OrgFacts>;
  readonly identity?: Partial<OrgIdentity>;
  readonly consents?: Partial<Consents>;
  readonly applied?: readonly string[];
}

const NAME = 'Portal';

const declared = (type: string, fields: Fields): ManifestComponent => ({
  type,
  name: NAME,
  fields: Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, { value, ownership: 'stated' as const }]),
  ),
  preserved: [],
});

const present = (type: string, fields: Fields) => ({
  state: 'present' as const,
  component: { type, fullName: NAME, fields },
});

function appOf({ app, declares = {} }: Case): ManifestApp {
  return {
    api_name: NAME,
    path: 'identity/prod/Portal',
    kind: 'private',
    platform: 'external-client-app',
    label: NAME,
    adopt: false,
    exceptions: [],
    components: Object.entries(declares).map(([type, fields]) => declared(type, fields)),
    digest: '',
    ...app,
  };
}

function liveOf({ live, has = {} }: Case): ObservedApp | undefined {
  if (live === 'none') return undefined;
  const owned = { ExternalClientApplication: { managedBy: 'identity/prod' }, ...has };
  return {
    platform: 'external-client-app',
    apiName: NAME,
    condition: 'present',
    components: Object.fromEntries(Object.entries(owned).map(([type, fields]) => [type, present(type, fields)])),
    otherComponents: [],
    ...live,
  };
}

export function situationOf(given: Case, app = appOf(given), live = liveOf(given)): Situation {
  const apps = new Map(live ? [[NAME, live]] : []);
  return {
    manifest: {
      format_version: '1.0',
      id: 'identity/prod',
      org: { name: 'prod', path: 'identity/prod', api_version: 66, engine: 'null' },
      assumptions: {},
      settings: given.settings ?? [],
      apps: [app],
      digest: '',
    },
    observed: {
      apps,
      connectedApps: new Map(),
      settings: given.orgSettings ? { OauthOidcSettings: present('OauthOidcSettings', given.orgSettings) } : {},
      oauthRecords: {},
      unplaced: [],
      ...given.observed,
    },
    identity: { orgId: '00D000000000001AAA', instanceUrl: 'https://x.test', apiVersions: [66], ...given.identity },
    facts: { unread: [], ...given.facts },
    consents: { ...NO_CONSENTS, ...given.consents },
    today: '2026-11-28',
    lastReceipt: { apps: new Map((given.applied ?? []).map((name) => [name, ''])) },
  };
}

function diffsOf({ changes = {}, serverWins = [] }: Case): readonly ComponentDiff[] {
  const found = Object.entries(changes).map(([field, level]) =>
    change({ field, impact: level === 'breaks' ? { level, who: 'every client' } : { level } }),
  );
  const merged = { type: '', fullName: NAME, fields: {} };
  return [{ changes: found, unchanged: 0, kept: [], unreadable: [], serverWins, merged }];
}

/** What a guard finds in one situation, and the app that it is about. */
export function judged(
  guard: AppGuard,
  given: Case,
): { readonly app: ManifestApp; readonly found: ReturnType<AppGuard> } {
  const [app, live] = [appOf(given), liveOf(given)];
  const situation = situationOf(given, app, live);
  return { app, found: guard({ app, live, diffs: diffsOf(given), stopped: given.stopped === true, situation }) };
}

/** A guard, and for each situation the codes that it finds, each with its severity where that is no error. */
export function describeGuard(
  name: string,
  guard: AppGuard,
  cases: Readonly<Record<string, readonly [given: Case, codes: readonly string[]]>>,
): void {
  describe(`the guard of ${name}`, () => {
    it.each(Object.entries(cases))('%s', (_title, [given, codes]) => {
      const { app, found } = judged(guard, given);
      expect(found.map(({ code, severity }) => (severity === 'error' ? code : `${severity} ${code}`))).toEqual(codes);
      for (const { path, problem, remedy } of found) {
        expect(path).toBe(app.path);
        expect(`${problem} ${remedy}`).not.toMatch(/undefined|\{\w+\}/);
      }
    });
  });
}
