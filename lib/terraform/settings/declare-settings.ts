import type { OwnedValue } from '../../metadata/component';
import { exists } from '../../metadata/fields/field';
import type { ManifestComponent } from '../../metadata/manifest';
import { settingsMember } from '../../metadata/settings-components';
import { configured } from '../app/app-config';
import type { Wish } from '../app/declare-app';
import { plannedValue } from '../app/planned-value';
import { SETTINGS_COMPONENTS } from '../schema/component-attributes';
import { values } from '../wire/value';

export const SETTINGS_TYPE = 'salesforce_oauth_settings';

/** The stated settings as records, with the values of the plan; what is not stated, the org decides (D1). */
export function declareSettings({ config, planned, prior }: Wish, apiVersion: number): readonly ManifestComponent[] {
  return SETTINGS_COMPONENTS.flatMap((component): readonly ManifestComponent[] => {
    const fields: Record<string, OwnedValue> = {};
    for (const { name, field } of component.fields) {
      if (!exists(field, apiVersion)) continue;
      const value = plannedValue(field, {
        given: configured(config, component.name, name),
        planned: values(planned[component.name])[name],
        prior: prior && (values(prior[component.name])[name] ?? null),
      });
      // A switch has no third position.
      if (value && !Array.isArray(value.value)) fields[field.name] = value;
    }
    if (Object.keys(fields).length === 0) return [];
    const type = component.type.name;
    return [{ type, name: settingsMember(type), fields, preserved: [] }];
  });
}
