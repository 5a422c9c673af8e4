import { recordedFingerprint } from '../../metadata/certificate-in-org';
import { liveApp, liveText } from '../../metadata/live-app';
import { presentComponent, textField } from '../../metadata/observe';
import type { ObservedApp } from '../../metadata/observed';
import { kindOf } from '../../policy/client-kind';
import { postureOf } from '../../policy/posture/of-app';
import { HEADER, OAUTH_SETTINGS } from '../../values/metadata-types';
import type { Session } from '../org/session';
import type { Answered } from '../resource';
import { isUnknown, text, type Value, type Values } from '../wire/value';
import { type AppModel, pathOf } from './app-model';
import { completeComponent, readComponent } from './observe-fields';

/** The app as the org has it now, in the words of the state where they mean the same. */
export async function readApp(model: AppModel, state: Values, session: Session): Promise<Answered> {
  const apiName = text(state['api_name']) ?? '';
  const { apiVersion } = session.config;
  const { observed } = await session.reading();
  const app = liveApp(observed, { platform: model.platform, api_name: apiName });
  const known = state['consumer_key'] !== null && state['consumer_key'] !== undefined;
  if (!app) {
    const detail = `The org has no app named ${apiName} any more. To create it anew means another consumer key, which every client must learn.`;
    return {
      state: null,
      diagnostics: known
        ? [{ severity: 'warning', summary: `${pathOf(model, apiName)}: deleted in the org`, detail }]
        : [],
    };
  }
  if (app.platform !== model.platform) {
    const detail = `${apiName} is a Connected App: it is imported to a salesforce_connected_app.`;
    return {
      state,
      diagnostics: [{ severity: 'error', summary: `${pathOf(model, apiName)}: a Connected App`, detail }],
    };
  }
  if (app.condition !== 'present') {
    const detail = `${app.reason ?? 'No reason given.'} The state stays as it is, and nothing is written.`;
    const summary = `${pathOf(model, apiName)}: ${app.condition} in the org`;
    return { state, diagnostics: [{ severity: known ? 'warning' : 'error', summary, detail }] };
  }
  // After an import there is nothing but the name.
  const before = state['app'] === null ? undefined : state;
  const components = model.components.map((component): [string, Value] => [
    component.name,
    readComponent(component, { observed: app.components[component.type.name], apiVersion }, before),
  ]);
  return {
    state: {
      ...state,
      client_type: state['client_type'] ?? inferredType(app, apiVersion),
      deletion_protection: state['deletion_protection'] ?? true,
      ...Object.fromEntries(components),
      ...generated(model, app),
    },
    diagnostics: [],
  };
}

/** The planned state with everything filled in that was not known; what was known stays as planned. */
export function completeApp(
  model: AppModel,
  planned: Values,
  app: ObservedApp | undefined,
  apiVersion: number,
): Values {
  const components = model.components.map((component): [string, Value] => [
    component.name,
    completeComponent(component, planned[component.name] ?? null, {
      observed: app?.components[component.type.name],
      apiVersion,
    }),
  ]);
  const found: Values = app ? generated(model, app) : {};
  const rest = Object.entries(planned).map(([name, value]): [string, Value] => [
    name,
    isUnknown(value) ? (found[name] ?? null) : value,
  ]);
  return { ...Object.fromEntries(rest), ...Object.fromEntries(components) };
}

/** What Salesforce generated. */
function generated(model: AppModel, app: ObservedApp): Values {
  const names = model.components.flatMap(({ type }) => {
    const component = presentComponent(app, type.name);
    return component ? [[type.name, component.fullName] as const] : [];
  });
  return {
    certificate_fingerprint: recordedFingerprint(app) ?? null,
    application_id: app.id ?? null,
    consumer_key: liveText(app, 'consumerKey') ?? null,
    org_scoped_external_app: textField(app, HEADER, 'orgScopedExternalApp') ?? null,
    managed_by: liveText(app, 'managedBy') ?? null,
    oauth_link: textField(app, OAUTH_SETTINGS, 'oauthLink') ?? null,
    component_names: Object.fromEntries(names),
  };
}

/** What kind of client the app seems to be; an import states it, and the author may correct it. */
function inferredType(app: ObservedApp, apiVersion: number): string {
  const { kind } = kindOf(postureOf(app, { apiVersion, origin: 'read' }));
  return kind === 'unclassified' ? 'private' : kind;
}
