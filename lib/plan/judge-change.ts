import type { Component } from '../metadata/component';
import { liveApp } from '../metadata/live-app';
import type { ManifestApp } from '../metadata/manifest';
import type { ObservedApp, ObservedComponent } from '../metadata/observed';
import { checkApp, type CheckContext } from '../policy/check';
import type { CheckFacts } from '../policy/control';
import { declaredExceptions, indexExceptions } from '../policy/exceptions';
import type { OrgPosture } from '../policy/posture';
import { declaredCertificate, withDeclaredCertificate } from '../policy/posture/certificate';
import { exchangeHandlers } from '../policy/posture/exchange-handlers';
import { postureOf } from '../policy/posture/of-app';
import { orgPosture } from '../policy/posture/org';
import type { CheckReport, ControlResult } from '../policy/report';
import { worstEffect } from './effect';
import { violationDiagnostic, violationsOf } from './gate';
import type { ControlChange, Effect } from './plan';
import type { AppDraft } from './plan-app';
import type { ItemDraft } from './plan-item';
import type { Situation } from './situation';

/** What controls judge every app of an org by. */
interface JudgedOrg {
  /** The org's settings before the plan, and as it leaves them. */
  readonly before: OrgPosture;
  readonly after: OrgPosture;
  readonly facts: CheckFacts;
}

/** The org around its apps, once for all of them. */
export function judgedOrg({ observed, manifest, checkFacts }: Situation, drafts: readonly ItemDraft[]): JudgedOrg {
  const after: Record<string, ObservedComponent> = { ...observed.settings };
  for (const { plan, merged } of drafts) {
    if (merged && plan.action === 'update') after[plan.type] = { state: 'present', component: merged };
  }
  return {
    before: orgPosture(observed.settings, { origin: 'read' }),
    after: orgPosture(after, { origin: 'read' }),
    facts: { ...checkFacts, exchangeHandlers: exchangeHandlers(observed.oauthRecords, manifest.records) },
  };
}

/**
 * What the security controls say about an app before and after the change, where they say anything else than that all is
 * well. The effect of the plan is the worst that either the field table or a control sees in it. A violation that the
 * change brings blocks the app, as a guard does.
 */
export function judgeChange(draft: AppDraft, app: ManifestApp, situation: Situation, around: JudgedOrg): AppDraft {
  const { plan } = draft;
  if (plan.action !== 'create' && plan.action !== 'update') return draft;
  const live = liveApp(situation.observed, app);
  const exceptions = indexExceptions(declaredExceptions(app), situation.today);
  const judge = (observed: ObservedApp, org: OrgPosture, origin: 'read' | 'declared'): CheckReport => {
    const context: CheckContext = { today: situation.today, exceptions, org, facts: around.facts };
    const posture = postureOf(observed, { apiVersion: situation.manifest.org.api_version, origin });
    return checkApp(withDeclaredCertificate(posture, declaredCertificate(app)), context, {
      kind: app.kind,
      by: 'declared',
    });
  };
  const before = live && judge(live, around.before, 'read');
  const after = judge(afterward(app, live, draft.writes), around.after, live ? 'read' : 'declared');
  const known = new Map(before?.results.map((result) => [result.control, result]));
  const controls = after.results.flatMap((result) => changeOf(known.get(result.control), result) ?? []);
  const effects = live ? controls.map(effectOf) : [];
  const judged = { ...plan, controls, effect: worstEffect([plan.effect, ...effects]) };
  const refused = violationsOf(before?.results, after.results, situation.consents.fail_on)
    .filter(({ blocks }) => blocks)
    .map((violation) => violationDiagnostic(violation, plan.path));
  if (refused.length === 0) return { ...draft, plan: judged };
  return {
    ...draft,
    plan: { ...judged, action: 'blocked' },
    writes: [],
    diagnostics: [...draft.diagnostics, ...refused],
  };
}

function afterward(app: ManifestApp, live: ObservedApp | undefined, writes: readonly Component[]): ObservedApp {
  const written = writes.map((component) => [component.type, { state: 'present', component }] as const);
  return {
    platform: app.platform,
    apiName: app.api_name,
    condition: 'present',
    components: { ...live?.components, ...Object.fromEntries(written) },
    otherComponents: live?.otherComponents ?? [],
  };
}

const OBJECTS: readonly ControlResult['outcome'][] = ['fail', 'justified'];

function changeOf(before: ControlResult | undefined, after: ControlResult): ControlChange | undefined {
  const objected = before !== undefined && OBJECTS.includes(before.outcome);
  const objects = OBJECTS.includes(after.outcome);
  if (!objected && !objects) return undefined;
  const { control, title, because, exception } = after;
  const severity = objects ? after.severity : before?.severity;
  return {
    control,
    title,
    ...(before && { before: before.outcome }),
    after: after.outcome,
    ...(severity && { severity }),
    ...(objected && before.severity && { before_severity: before.severity }),
    because,
    ...(exception && {
      exception: {
        reason: exception.reason,
        approved_by: exception.approved_by,
        expires: exception.expires,
        ...(exception.ticket !== undefined && { ticket: exception.ticket }),
      },
    }),
  };
}

/** What could not be evaluated before says nothing about the change. */
function effectOf({ before, after }: ControlChange): Effect {
  const objected = before !== undefined && OBJECTS.includes(before);
  const objects = OBJECTS.includes(after);
  if (objected === objects || before === 'not-evaluated' || after === 'not-evaluated') return 'neutral';
  return objects ? 'widens' : 'narrows';
}
