import type { OwnedValue } from '../../metadata/component';
import { digest } from '../../metadata/digest';
import { exists } from '../../metadata/fields/field';
import { whereIs } from '../../metadata/live-app';
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
  const defaults = secureDefaults(model.platform, kind, switchesOf(model, config), apiVersion);
  const given = certificateOf(config);
  const certificate = given.state === 'given' ? given.certificate : undefined;
  const byType = new Map<string, Record<string, OwnedValue>>();
  for (const component of model.components) {
    const type = component.type.name;
    if (component.onlyStated && (config[component.name] ?? null) === null) continue;
    byType.set(type, { ...byType.get(type), ...declaredFields(component, config, defaults, apiVersion) });
  }
  const put = (fact: 'managedBy' | 'certificate' | 'certificateFingerprint', value: OwnedValue): void => {
    const { type, field } = whereIs(model.platform, fact);
    byType.set(type, { ...byType.get(type), [field]: value });
  };
  put('managedBy', { value: managedBy, ownership: 'default' });
  if (certificate) {
    put('certificateFingerprint', { value: certificate.fingerprint, ownership: 'stated' });
    put('certificate', { value: certificate.base64, ownership: 'stated' });
  }
  const components = [...byType].map(([type, fields]): ManifestComponent => ({
    type,
    name: fullName(type, apiName),
    fields,
    preserved: [],
  }));
  return {
    api_name: apiName,
    path: pathOf(model, apiName),
    kind,
    platform: model.platform,
    label: text(configured(config, 'app', 'label')) ?? apiName,
    adopt: false,
    ...(config['creation_allowed_by_support'] === true && { creation_allowed_by_support: true as const }),
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

function fullName(type: string, apiName: string): string {
  const suffixes: Readonly<Record<string, string>> = SATELLITE_SUFFIX;
  return `${apiName}${suffixes[type] ?? ''}`;
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
