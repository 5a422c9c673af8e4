import { liveApp, liveText } from '../../metadata/live-app';
import type { ManifestApp } from '../../metadata/manifest';
import type { ObservedOrg } from '../../metadata/observed';
import { type Dependencies, needsOf } from '../../operations/read-dependencies';
import type { OrgFacts } from '../../org/org';
import { isOwnApp } from '../../plan/own-login';
import { type AppDraft, planApp } from '../../plan/plan-app';
import { impactText } from '../../reports/plan/words';
import { diagnose } from '../../values/diagnose';
import { isError } from '../../values/diagnostic';
import { consentsIn, consentsOf } from '../org/consents';
import type { Session } from '../org/session';
import { manifestOf, situationOf } from '../org/situation';
import type { TerraformDiagnostic } from '../resource';
import { toTerraform } from '../terraform-diagnostic';
import { isUnknown, text, type Values } from '../wire/value';
import { configured } from './app-config';
import { type AppModel, attributesOf, pathOf } from './app-model';
import { appBefore } from './before';
import { checkControls } from './check-controls';
import { declareApp } from './declare-app';
import { mayAdopt, replacement } from './deletion';
import { formerOwner, ownershipRemarks } from './ownership';

interface Judging {
  readonly model: AppModel;
  readonly prior: Values | undefined;
  readonly planned: Values;
  readonly config: Values;
  /** The plan creates or changes the app; what is wrong with an untouched one is only told. */
  readonly changed: boolean;
  /** Nothing was stated yet of an app that an import found. */
  readonly asImported: boolean;
  /** The app was imported and not changed since. */
  readonly imported: boolean;
}

/**
 * What the guards of the command line and the security controls say about the same change in the same org, and which
 * clients will feel it. Where the org cannot be asked yet, the guards say nothing: apply asks again.
 */
export async function judgeApp(judging: Judging, session: Session): Promise<readonly TerraformDiagnostic[]> {
  const { model, config, prior, planned, changed, asImported } = judging;
  const { apiVersion, failOn } = session.config;
  const [given, today] = [{ prior, config, adopts: session.config.adopts }, session.today()];
  const { offline } = session.config;
  const checking = {
    model,
    planned,
    config,
    apiVersion,
    failOn,
    today,
    offline,
    before: appBefore(model, given, undefined),
  };
  if (!session.reachable || isUnknown(config['api_name'])) return checkControls(checking, changed);
  const before = appBefore(model, given, (await session.reading()).observed);
  const { observed } = await session.expected();
  const live = liveApp(observed, { platform: model.platform, api_name: text(config['api_name']) ?? '' });
  const former = formerOwner(judging, live, session.config);
  const replaced = prior ? undefined : replacedBy(model, config, observed, session);
  const app = declareApp(model, { config, planned, prior }, session.config);
  const [around, users] = await Promise.all([
    session.dependencies(needsOf({ apps: [app] })),
    usersOf(model, config, session),
  ]);
  const draft = await draftOf(judging, { app, around, users, replaces: replaced !== undefined, former }, session);
  const diagnostics = draft.diagnostics
    // A handler names its app, so that there can be none before a new app is applied.
    .filter(
      ({ severity, code }) => severity !== 'note' && (prior !== undefined || code !== 'token-exchange-handler-missing'),
    )
    .map((diagnostic) => {
      // The settings resource of the same plan may open the flow before the app is written.
      const later = diagnostic.code === 'org-switch-off' && !session.config.assumesCodeAndCredentials;
      if (diagnostic.code === 'adoption-needed') return adoptionNeeded(judging, session);
      // A certificate that the configuration gave up is no difference that Terraform would show by itself.
      // What the configuration says of a Connected App is who may use it: to plan that and leave it off cannot be said.
      if (diagnostic.code === 'app-stopped' && changed && model.platform === 'connected-app') {
        return toTerraform(diagnostic, 'error');
      }
      const refuses = changed || (diagnostic.code === 'certificate-undeclared' && !asImported);
      return toTerraform(diagnostic, refuses && !later && isError(diagnostic) ? 'error' : 'warning');
    });
  return [
    ...diagnostics,
    ...ownershipRemarks(model, judging, { former, isNew: session.stated(app.path) === undefined }),
    ...(replaced ? await replacement(model, replaced, session) : existing(draft, judging, session)),
    ...checkControls({ ...checking, before, org: observed, facts: around.checkFacts }, changed),
    ...(prior && changed ? impact(draft) : []),
  ];
}

/** The app in Terraform's state that a create would meet in the org, and that goes first: one that was tainted. */
function replacedBy(model: AppModel, config: Values, observed: ObservedOrg, session: Session): Values | undefined {
  const apiName = text(config['api_name']) ?? '';
  const stated = session.stated(pathOf(model, apiName));
  const key = liveText(liveApp(observed, { platform: model.platform, api_name: apiName }), 'consumerKey');
  return key !== undefined && stated?.['consumer_key'] === key ? stated : undefined;
}

interface Drafting {
  readonly app: ManifestApp;
  readonly around: Dependencies;
  readonly users: OrgFacts['users'];
  /** The app in the org is deleted first, by the same plan. */
  readonly replaces: boolean;
  /** From whom the app may be taken over. */
  readonly former: string | undefined;
}

/** The users that the configuration names. */
async function usersOf(model: AppModel, config: Values, session: Session): Promise<OrgFacts['users']> {
  const places = attributesOf(model, ['runAsUser', 'apexHandlerUser']);
  const names = places.flatMap((place) => text(configured(config, ...place)) ?? []);
  return names.length === 0 ? undefined : session.users(names);
}

async function draftOf(
  { prior, config }: Judging,
  { app, around, users, replaces, former }: Drafting,
  session: Session,
): Promise<AppDraft> {
  const expected = await session.expected();
  const found = liveApp(expected.observed, app);
  const reading = isOwnApp(found, expected.identity) ? await session.knowingSelf(expected) : expected;
  const { users: _users, ...others } = reading.facts;
  const unread = [...others.unread, ...around.facts.unread];
  const facts = { ...others, ...around.facts, unread, ...(users && { users }) };
  const adopts = prior !== undefined || replaces ? (['adopt'] as const) : [];
  const consents = consentsOf([{ apiName: app.api_name, consents: [...consentsIn(config), ...adopts] }]);
  const manifest = manifestOf(session.config, [app]);
  const checkFacts = { ...reading.checkFacts, ...around.checkFacts };
  const situation = situationOf(manifest, { ...reading, facts, checkFacts }, session.today(), consents);
  return planApp(app, { ...situation, ...(former !== undefined && { takesOver: new Map([[app.api_name, former]]) }) });
}

/** A create that meets an app: adopted where the line says that it is ours, else refused. */
function existing(draft: AppDraft, judging: Judging, session: Session): readonly TerraformDiagnostic[] {
  const { model, prior, planned } = judging;
  if (prior || draft.plan.action === 'create' || draft.diagnostics.some(isError)) return [];
  const apiName = draft.plan.api_name;
  if (!mayAdopt(planned, session.config)) return [adoptionNeeded(judging, session)];
  const facts = { app: apiName, owner: session.config.managedBy };
  return [toTerraform(diagnose('adopts-app/of-own-line', { path: pathOf(model, apiName) }, facts))];
}

/**
 * A create that meets an app of that name. An error of the plan, unless this may be the apply of a replacement that creates
 * first: Terraform has put the old state aside by then, and takes it back only where the apply itself fails.
 */
function adoptionNeeded({ model, planned }: Judging, session: Session): TerraformDiagnostic {
  const apiName = text(planned['api_name']) ?? '';
  const mayReplace = planned['deletion_protection'] === false && !session.refreshed();
  const entry = mayReplace ? 'adoption-needed/at-apply' : 'adoption-needed';
  return toTerraform(diagnose(entry, { path: pathOf(model, apiName) }, { app: apiName }));
}

/** Clients that run today and will feel the change. */
function impact({ plan }: AppDraft): readonly TerraformDiagnostic[] {
  const felt = plan.changes.filter(({ impact: { level } }) => level !== 'none');
  if (felt.length === 0) return [];
  const lines = felt.map(({ title, impact }) => `${title}: ${impactText(impact) ?? ''}`);
  return [
    {
      severity: 'warning',
      summary: `${plan.path}: clients will feel this change`,
      detail: [...new Set(lines)].join('\n'),
    },
  ];
}
