import { componentsInExternalWords } from '../metadata/connected-app/external-words';
import type { AppPlan, FieldChange, OrgPlan } from '../plan/plan';
import { transitionText } from '../plan/render/value';
import type { UnshownChange } from '../plan/unshown';
import { wideningOfRecords } from '../plan/widening';
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
  const records = wideningOfRecords(plan).map((change) => refused(plan.path, change));
  return [...settings, ...records, ...apps];
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
    .flatMap(componentsInExternalWords)
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

/** Deleting an app revokes its key for good, so nobody unattended does it by --prune alone: each app has to be named. */
export const unnamedDeletions = (plan: OrgPlan): readonly Diagnostic[] =>
  plan.apps
    .filter(({ action, api_name: name }) => action === 'delete' && !plan.consents.allow_delete.includes(name))
    .map(({ api_name: name }) => ({
      code: 'deletion-not-named',
      severity: 'error' as const,
      path: plan.path,
      problem: `--prune would delete ${name} with its consumer key, and nobody named it`,
      value: name,
      allowed: 'a saved plan that was reviewed, a yes on a terminal, or the name of each app to delete',
      remedy: `pass --allow-delete ${name}; or plan --prune --out FILE, then apply FILE`,
    }));

const REASONS: Readonly<Record<UnshownChange['why'], string>> = {
  drift: 'the org was changed since the last Terraform apply, and the plan did not show it',
  adoption: 'the plan showed a new app, yet the org has one of this name, and its values would be overwritten',
  unknown:
    'there is no record here of what the last Terraform apply declared, so the plan may not have shown this change',
  missing: 'the app was applied before and is not in the org any more; a new one would have another consumer key',
};

/** The changes that an apply run by Terraform does not make (D26). */
export const notInTerraformPlan = (plan: OrgPlan, unshown: readonly UnshownChange[]): readonly Diagnostic[] =>
  unshown.map(({ why, app, change }) => ({
    code: why === 'missing' ? 'missing-not-in-terraform-plan' : 'not-in-terraform-plan',
    severity: 'error' as const,
    path: app?.path ?? plan.path,
    ...(change && { field: `${change.type}.${change.field}` }),
    problem: change ? `${REASONS[why]}: ${transitionText(change)}` : REASONS[why],
    remedy:
      why === 'missing'
        ? `apply it by hand: client-apps apply --allow-recreate ${app?.api_name ?? ''}`
        : 'run client-apps drift before terraform plan, which then shows it; or settle it with client-apps apply' +
          (change?.effect === 'widens' ? '' : '; or set reapplyOnDrift on the SalesforceOrg'),
  }));
