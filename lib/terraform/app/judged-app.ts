import type { Component, FieldValue } from '../../metadata/component';
import { liveApp, whereIs } from '../../metadata/live-app';
import { presentComponent } from '../../metadata/observe';
import type { ObservedApp, ObservedOrg } from '../../metadata/observed';
import { NO_CERTIFICATE } from '../../metadata/ownership-line';
import { fromValue, hasUnknown } from '../schema/field-value';
import { text, type Values, values } from '../wire/value';
import { certificateOf } from './app-config';
import type { AppModel } from './app-model';

/** A state as something that controls can judge, and the fields that are not known yet, as `Type.field`. */
export function judgedApp(
  model: AppModel,
  { planned, config }: { readonly planned: Values; readonly config: Values },
  apiName: string,
  org: ObservedOrg | undefined,
): { readonly app: ObservedApp; readonly unknown: ReadonlySet<string> } {
  const { platform } = model;
  const live = org && liveApp(org, { platform, api_name: apiName });
  const unknown = new Set<string>();
  const found = new Map<string, Record<string, FieldValue>>();
  const put = (type: string, field: string, value: FieldValue | undefined): void => {
    const fields = found.get(type) ?? {};
    if (value !== undefined) fields[field] = value;
    found.set(type, fields);
  };
  for (const { name, type, fields } of model.components) {
    const object = values(planned[name]);
    for (const { name: attribute, field } of fields) {
      if (hasUnknown(object[attribute])) unknown.add(`${type.name}.${field.name}`);
      put(type.name, field.name, fromValue(field, object[attribute]));
    }
  }
  const onRecord = whereIs(platform, 'certificateFingerprint');
  put(onRecord.type, onRecord.field, text(planned['certificate_fingerprint']));
  const stored = whereIs(platform, 'certificate');
  const given = certificateOf(config);
  if (given.state === 'unknown') unknown.add(`${stored.type}.${stored.field}`);
  if (platform === 'connected-app') {
    const removed = planned['certificate_fingerprint'] === NO_CERTIFICATE;
    const kept = presentComponent(live, stored.type)?.fields[stored.field];
    put(stored.type, stored.field, given.state === 'given' ? given.certificate.base64 : removed ? undefined : kept);
  }
  return {
    app: {
      platform,
      apiName,
      condition: 'present',
      components: Object.fromEntries(
        [...found].map(([type, fields]) => [
          type,
          { state: 'present', component: { type, fullName: apiName, fields, ...keptParts(live, type) } },
        ]),
      ),
      otherComponents: live?.otherComponents ?? [],
    },
    unknown,
  };
}

/** Parts that no attribute holds, such as SAML and Canvas of a Connected App: a write keeps them as they are. */
function keptParts(live: ObservedApp | undefined, type: string): Pick<Component, 'unknown'> {
  const unknown = presentComponent(live, type)?.unknown;
  return unknown ? { unknown } : {};
}
