import type { AppPlan, FieldChange, OrgPlan } from '../plan/plan';
import { transitionText } from '../plan/render/value';
import type { Diagnostic } from '../values/diagnostic';

const SWITCHES = ['isEnabled', 'isOauthPluginEnabled'];
const HEADLESS_LOGIN = 'oAuthCdCrdtFlowEnable';

/**
 * The changes that nobody reviewed and that widen access somebody has today: never applied by --auto-approve alone
 * (D12). New apps, repairs that narrow, and what was asked for by name are no such changes.
 */
export function unreviewedWidening(plan: OrgPlan): readonly Diagnostic[] {
  const apps = plan.apps
    .filter(({ action }) => action === 'update')
    .flatMap((app) =>
      app.changes
        .filter((change) => widens(change) && !isAskedFor(app, change, plan))
        .map((change) => refused(app.path, change)),
    );
  const settings = plan.settings
    .flatMap(({ changes }) => changes)
    .filter((change) => widens(change) && !newAppsNeed(change, plan))
    .map((change) => refused(plan.path, change));
  return [...settings, ...apps];
}

const widens = ({ effect }: FieldChange): boolean => effect === 'widens';

/** --re-enable names both the app and this very change. */
const isAskedFor = ({ api_name: name }: AppPlan, { field }: FieldChange, { consents }: OrgPlan): boolean =>
  SWITCHES.includes(field) && consents.re_enable.includes(name);

/** The one org setting that an app can depend on (D6). */
function newAppsNeed({ field }: FieldChange, { apps, manifest }: OrgPlan): boolean {
  if (field !== HEADLESS_LOGIN) return false;
  const created = new Set(apps.filter(({ action }) => action === 'create').map(({ api_name: name }) => name));
  return manifest.apps
    .filter(({ api_name: name }) => created.has(name))
    .flatMap(({ components }) => components)
    .some(({ fields }) => fields['isCodeCredFlowEnabled']?.value === true);
}

const refused = (path: string, change: FieldChange): Diagnostic => ({
  code: 'widening-not-reviewed',
  severity: 'error',
  path,
  field: `${change.type}.${change.field}`,
  problem: `this change widens access that exists, and nobody reviewed it: ${transitionText(change)}`,
  remedy: 'review it: plan --out FILE, then apply FILE; or answer yes on a terminal; or pass --allow widens',
});
