import { digest } from '../metadata/digest';
import { APP_TYPES, APP_WORDS, everyApp, fullNameOf, isMigrated, liveText, sameNamed } from '../metadata/live-app';
import type { ObservedApp, ObservedOrg } from '../metadata/observed';
import { APP_CONSENTS, CONSENTS } from '../options/consents';
import { diagnose } from '../values/diagnose';
import { type Diagnostic, isError } from '../values/diagnostic';
import { located } from '../values/located';
import { ownLogin, referenced, referred } from './deletion';
import { guardOrg } from './guards/guard-org';
import { writtenItems } from './items';
import { judgeChange, judgedOrg } from './judge-change';
import { NO_WORK, type Phase, planPhases, type Work } from './phases';
import type { AppPlan, OrgPlan } from './plan';
import { planApp } from './plan-app';
import { planItem } from './plan-item';
import type { Situation } from './situation';

/** The plan of one org and the deploys that carry it out. */
export interface PlanDraft {
  readonly plan: OrgPlan;
  readonly phases: readonly Phase[];
  readonly work: Work;
}

/**
 * Computes everything from the situation: what differs, what the guards say, which deploys follow. Apply computes the
 * same from a fresh reading and compares, so what was reviewed is what happens.
 */
export function draftPlan(situation: Situation): PlanDraft {
  const { manifest, observed, identity, consents } = situation;
  const items = [...manifest.settings, ...(manifest.records ?? [])].map((item) => planItem(item, situation));
  const around = judgedOrg(situation, items);
  const apps = manifest.apps.map((app) => judgeChange(planApp(app, situation), app, situation, around));
  const declared = new Set(manifest.apps.map(({ platform, api_name: apiName }) => fullNameOf({ platform, apiName })));
  const allRemoved = everyApp(observed)
    .filter((app) => !declared.has(fullNameOf(app)) && liveText(app, 'managedBy') === manifest.id)
    .map((app) => removedApp(app, situation));
  const deleted = new Set(allRemoved.filter(({ plan }) => plan.action === 'delete').map(({ app }) => app.apiName));
  // It becomes active again when the app that it was migrated to is deleted; until then it is no app of its own.
  const isLeftBehind = (app: ObservedApp): boolean =>
    isMigrated(observed, app) && !declared.has(fullNameOf(app)) && !deleted.has(app.apiName);
  const removed = allRemoved.filter(({ app }) => !isLeftBehind(app));
  const migrated = everyApp(observed).filter(isLeftBehind).map(fullNameOf).sort();
  const org = [...guardOrg(situation), ...unknownConsents(situation)];
  const deletes = removed
    .filter(({ plan }) => plan.action === 'delete')
    .map(({ app }) => ({ type: APP_TYPES[app.platform], apiName: app.apiName, path: manifest.org.path }));
  const found = [
    ...org,
    ...items.flatMap((draft) => draft.diagnostics),
    ...apps.flatMap((draft) => draft.diagnostics),
    ...removed.flatMap((draft) => draft.diagnostics),
  ];
  const diagnostics = located(found, manifest);
  const work = org.some(isError) ? NO_WORK : { apps, items, deletes };
  const phases = planPhases(work);
  const body = {
    org: manifest.org.name,
    path: manifest.org.path,
    org_id: identity.orgId,
    instance_url: identity.instanceUrl,
    api_version: manifest.org.api_version,
    apps: [...apps, ...removed].map(({ plan }) => plan),
    ...writtenItems(items.map(({ plan }) => plan)),
    phases: phases.map(({ plan }) => plan),
    unmanaged: unmanaged(situation, declared).filter((name) => !migrated.includes(name)),
    ...(migrated.length > 0 && { migrated }),
    diagnostics,
    consents,
    manifest,
  };
  // What controls say depends on the day, too; what does not change is no part of what is agreed to.
  const bare = body.apps.map(({ controls: _controls, effect: _effect, unchanged: _unchanged, ...app }) => app);
  const bound = {
    org_id: body.org_id,
    manifest: manifest.digest,
    apps: bare,
    settings: body.settings,
    ...(body.records.length > 0 && { records: body.records }),
    consents,
  };
  return { plan: { ...body, digest: digest(bound) }, phases, work };
}

/** An app that carries our line and that the code no longer declares: it stays unless its deletion is asked for (D10). */
function removedApp(
  app: ObservedApp,
  situation: Situation,
): { readonly app: ObservedApp; readonly plan: AppPlan; readonly diagnostics: readonly Diagnostic[] } {
  const { manifest, consents, observed } = situation;
  const twin = sameNamed(observed, app);
  // A Connected App cannot be made again, so that its deletion is asked for by its name.
  const prunes = consents.prune && app.platform === 'external-client-app';
  const consent = consentFor(app, observed);
  const asked = prunes || consents.allow_delete.some((name) => name === consent || name === fullNameOf(app));
  const { by, covered } = referred(app, observed, situation.references);
  const path = manifest.org.path;
  const own = asked ? ownLogin(app, situation, path) : [];
  const refused = [...(by.length > 0 ? [referenced(named(app, twin), by, path)] : []), ...own.filter(isError)];
  const deletes = diagnose(
    twin ? (`deletes-app/beside-${twin.platform}` as const) : 'deletes-app',
    { path },
    { app: named(app, twin), covered },
  );
  const stays = diagnose('app-orphaned', { path }, { named: named(app, twin), app: consent });
  return {
    app,
    plan: {
      api_name: app.apiName,
      path,
      label: liveText(app, 'label') ?? app.apiName,
      action: !asked ? 'orphaned' : refused.length > 0 ? 'blocked' : 'delete',
      adopts: false,
      stopped: false,
      changes: [],
      kept: [],
      unreadable: [],
      names: { [APP_TYPES[app.platform]]: app.apiName },
      controls: [],
      effect: 'neutral',
    },
    diagnostics: asked ? (refused.length > 0 ? refused : [...own, deletes]) : [stays],
  };
}

/** The name that asks for the deletion of this app, and of no other one. */
const consentFor = (app: ObservedApp, observed: ObservedOrg): string =>
  app.platform === 'connected-app' && sameNamed(observed, app) ? fullNameOf(app) : app.apiName;

const named = (app: ObservedApp, twin: ObservedApp | undefined): string =>
  twin === undefined ? app.apiName : `the ${APP_WORDS[app.platform]} ${app.apiName}`;

/** Apps of the org that this manifest neither declares nor owns. */
function unmanaged({ manifest, observed }: Situation, declared: ReadonlySet<string>): readonly string[] {
  return everyApp(observed)
    .filter((app) => !declared.has(fullNameOf(app)) && liveText(app, 'managedBy') !== manifest.id)
    .map(fullNameOf)
    .sort();
}

/**
 * A consent that names nothing is a typing mistake that someone relies on. Consent to a deletion is different: the
 * second run of the same command finds the app gone, as asked.
 */
function unknownConsents({ manifest, consents }: Situation): readonly Diagnostic[] {
  const known = new Set(manifest.apps.map(({ api_name: name }) => name));
  const named = APP_CONSENTS.filter((name) => CONSENTS[name].takes === 'declared apps').flatMap(
    (name) => consents[name],
  );
  return [...new Set(named)]
    .filter((name) => !known.has(name))
    .map((name) =>
      diagnose(
        'consent-names-unknown-app',
        { path: manifest.org.path, value: name, allowed: [...known].sort().join(', ') },
        { app: name },
      ),
    );
}
