import { textField } from '../../metadata/observe';
import type { ObservedApp } from '../../metadata/observed';
import { checkApp } from '../../policy/check';
import { externalClientAppPosture } from '../../policy/posture/external-client-app';
import { orgPosture } from '../../policy/posture/org';
import type { Session } from '../org/session';
import type { Answered } from '../resource';
import type { Values } from '../wire/value';

const HEADER = 'ExternalClientApplication';

/** Lists the apps, with what the security controls say about those that could be read. */
export async function readClientApps(session: Session): Promise<Answered> {
  const { observed } = await session.reading();
  const org = orgPosture(observed.settings, { origin: 'read' });
  const context = { today: session.today(), org };
  const apps = [...observed.apps.values()].map((app): Values => {
    const managedBy = textField(app, HEADER, 'managedBy');
    return {
      api_name: app.apiName,
      label: textField(app, HEADER, 'label') ?? null,
      platform: app.platform,
      condition: app.condition,
      managed: managedBy !== undefined,
      managed_by: managedBy ?? null,
      consumer_key: textField(app, 'ExtlClntAppGlobalOauthSettings', 'consumerKey') ?? null,
      ...judged(app, context, session.config.apiVersion),
    };
  });
  return { state: { apps }, told: [] };
}

/** Connected Apps are listed by the reading, and their settings are not read. */
function judged(app: ObservedApp, context: Parameters<typeof checkApp>[1], apiVersion: number): Values {
  if (app.platform !== 'external-client-app' || app.condition !== 'present') {
    return { client_type: null, findings: [] };
  }
  const { kind, results } = checkApp(externalClientAppPosture(app, { apiVersion, origin: 'read' }), context);
  const findings = results
    .filter(({ outcome }) => outcome === 'fail')
    .map(({ control, severity, because }): Values => ({ control, severity: severity ?? null, because }));
  return { client_type: kind?.kind ?? null, findings };
}
