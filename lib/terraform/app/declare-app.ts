import type { OwnedValue } from '../../metadata/component';
import { digest } from '../../metadata/digest';
import { exists } from '../../metadata/fields/field';
import { whereIs } from '../../metadata/live-app';
import type { ManifestApp, ManifestComponent } from '../../metadata/manifest';
import { SATELLITE_SUFFIX } from '../../metadata/to-components';
import type { ComponentAttribute } from '../schema/component-attributes';
import { isUnknown, text, type Values, values } from '../wire/value';
import { certificateOf, clientTypeOf, configured, switchesOf } from './app-config';
import { type AppModel, attributesOf, pathOf, STOPS } from './app-model';
import { plannedValue } from './planned-value';
import { type SecureDefaults, secureDefaults } from './secure-defaults';

export interface Declaring {
  readonly apiVersion: number;
  /** What the ownership line in the app's description names. */
  readonly managedBy: string;
}

/** What an app is declared from. */
export interface Wish {
  /** What the author typed: it decides which fields are declared. */
  readonly config: Values;
  /** What the plan shows: it decides their values. */
  readonly planned: Values;
  readonly prior: Values | undefined;
}

/**
 * One planned app as the manifest that the command line works with: what is stated, and the secure default of everything
 * that decides about security. The values are those of the plan, so that nothing is written that it did not show.
 * Values that are not known yet are left out.
 */
export function declareApp(model: AppModel, wish: Wish, { apiVersion, managedBy }: Declaring): ManifestApp {
  const { config, planned } = wish;
  const kind = clientTypeOf(config) ?? 'private';
  const apiName = text(config['api_name']) ?? '';
  const defaults = secureDefaults(model.platform, kind, switchesOf(model, config), apiVersion);
  const given = certificateOf(config);
  const certificate = given.state === 'given' ? given.certificate : undefined;
  const byType = new Map<string, Record<string, OwnedValue>>();
  for (const component of model.components) {
    const type = component.type.name;
    const whole = planned[component.name] ?? null;
    if (component.onlyStated && (whole === null || isUnknown(whole))) continue;
    const kept = new Set(
      attributesOf(model, STOPS)
        .filter(([name]) => name === component.name)
        .map(([, member]) => member),
    );
    const fields = declaredFields({ component, kept, wish, defaults, apiVersion });
    byType.set(type, { ...byType.get(type), ...fields });
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
    label: text(values(planned['app'])['label']) ?? apiName,
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

interface Declared {
  readonly component: ComponentAttribute;
  /** Switches of an emergency stop: where the plan leaves one off that no one stated, nothing is said of it (D12). */
  readonly kept: ReadonlySet<string>;
  readonly wish: Wish;
  readonly defaults: SecureDefaults;
  readonly apiVersion: number;
}

function declaredFields({ component, kept, wish, defaults, apiVersion }: Declared): Record<string, OwnedValue> {
  const { config, planned, prior } = wish;
  const fields: Record<string, OwnedValue> = {};
  const secure = defaults.get(component.type.name);
  for (const { name, field } of component.fields) {
    if (!exists(field, apiVersion)) continue;
    const given = configured(config, component.name, name);
    const value = plannedValue(field, {
      given,
      planned: isUnknown(planned[component.name]) ? planned[component.name] : values(planned[component.name])[name],
      prior: prior && (values(prior[component.name])[name] ?? null),
      secure: secure?.get(field.name),
      staysOff: kept.has(name),
    });
    if (value) fields[field.name] = value;
  }
  return fields;
}
