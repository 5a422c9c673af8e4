import { everyApp, liveText } from '../../metadata/live-app';
import type { ObservedApp } from '../../metadata/observed';
import { checkApp } from '../../policy/check';
import { postureOf } from '../../policy/posture/of-app';
import { orgPosture } from '../../policy/posture/org';
import type { Session } from '../org/session';
import type { Answered } from '../resource';
import type { Values } from '../wire/value';

/** Lists the apps, with what the security controls say about those that could be read. */
export async function readClientApps(session: Session): Promise<Answered> {
  const { observed } = await session.reading();
  const org = orgPosture(observed.settings, { origin: 'read' });
  const context = { today: session.today(), org };
  const apps = [...everyApp(observed)].sort(byName).map((app): Values => {
    const managedBy = liveText(app, 'managedBy');
    return {
      api_name: app.apiName,
      label: liveText(app, 'label') ?? null,
      platform: app.platform,
      condition: app.condition,
      managed: managedBy !== undefined,
      managed_by: managedBy ?? null,
      consumer_key: liveText(app, 'consumerKey') ?? null,
      ...judged(app, context, session.config.apiVersion),
    };
  });
  return { state: { apps }, diagnostics: [] };
}

const byName = (a: ObservedApp, b: ObservedApp): number => (a.apiName < b.apiName ? -1 : a.apiName > b.apiName ? 1 : 0);

/** Of what could not be read no one can say anything. */
function judged(app: ObservedApp, context: Parameters<typeof checkApp>[1], apiVersion: number): Values {
  if (app.condition !== 'present') {
    return { client_type: null, findings: [] };
  }
  const { kind, results } = checkApp(postureOf(app, { apiVersion, origin: 'read' }), context);
  const findings = results
    .filter(({ outcome }) => outcome === 'fail')
    .map(({ control, severity, because }): Values => ({ control, severity: severity ?? null, because }));
  return { client_type: kind?.kind ?? null, findings };
}
