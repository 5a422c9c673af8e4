import type { OwnedValue } from '../../metadata/component';
import { digest } from '../../metadata/digest';
import { exists } from '../../metadata/fields/field';
import type { ManifestApp, ManifestComponent } from '../../metadata/manifest';
import { SATELLITE_SUFFIX } from '../../metadata/to-components';
import type { ComponentAttribute } from '../schema/component-attributes';
import { fromValue } from '../schema/field-value';
import { isUnknown, text, type Values } from '../wire/value';
import { pathOf, type AppModel } from './app-model';
import { certificateOf, clientTypeOf, configured, switchesOf } from './app-config';
import { secureDefaults, type SecureDefaults } from './secure-defaults';

export interface Declaring {
  readonly apiVersion: number;
  /** What the ownership line in the app's description names. */
  readonly managedBy: string;
}

/**
 * The configuration of one app as the manifest that the command line works with: what is stated, and the secure default
 * of everything that decides about security. Values that are not known yet are left out.
 */
export function declareApp(model: AppModel, config: Values, { apiVersion, managedBy }: Declaring): ManifestApp {
  const kind = clientTypeOf(config) ?? 'private';
  const apiName = text(config['api_name']) ?? '';
  const defaults = secureDefaults(kind, switchesOf(model, config), apiVersion);
  const given = certificateOf(config);
  const certificate = given.state === 'given' ? given.certificate : undefined;
  const components = model.components.map((component): ManifestComponent => {
    const fields = declaredFields(component, config, defaults, apiVersion);
    if (component.name === 'app') {
      fields['managedBy'] = { value: managedBy, ownership: 'default' };
      if (certificate) fields['certificateFingerprint'] = { value: certificate.fingerprint, ownership: 'stated' };
    }
    if (component.name === 'global_oauth' && certificate) {
      fields['certificate'] = { value: certificate.base64, ownership: 'stated' };
    }
    return { type: component.type.name, name: fullName(component, apiName), fields, preserved: [] };
  });
  return {
    api_name: apiName,
    path: pathOf(model, apiName),
    kind,
    platform: model.platform,
    label: text(configured(config, 'app', 'label')) ?? apiName,
    adopt: false,
    ...(certificate && {
      certificate: {
        subject: certificate.subject,
        not_after: certificate.notAfter,
        fingerprint: certificate.fingerprint,
      },
    }),
    exceptions: [],
    components,
    digest: digest(components),
  };
}

function fullName({ type }: ComponentAttribute, apiName: string): string {
  const suffixes: Readonly<Record<string, string>> = SATELLITE_SUFFIX;
  return `${apiName}${suffixes[type.name] ?? ''}`;
}

function declaredFields(
  component: ComponentAttribute,
  config: Values,
  defaults: SecureDefaults,
  apiVersion: number,
): Record<string, OwnedValue> {
  const fields: Record<string, OwnedValue> = {};
  const secure = defaults.get(component.type.name);
  for (const { name, field } of component.fields) {
    if (!exists(field, apiVersion)) continue;
    const value = configured(config, component.name, name);
    if (isUnknown(value)) continue;
    const fallback = secure?.get(field.name);
    if (value !== undefined && value !== null) {
      // An empty list or text states that there is no value.
      fields[field.name] = { value: fromValue(field, value) ?? [], ownership: 'stated' };
    } else if (fallback?.known) {
      fields[field.name] = { value: fallback.value, ownership: 'default' };
    }
  }
  return fields;
}
