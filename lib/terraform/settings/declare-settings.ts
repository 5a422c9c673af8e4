import type { OwnedValue } from '../../metadata/component';
import { exists } from '../../metadata/fields/field';
import type { ManifestComponent } from '../../metadata/manifest';
import { settingsMember } from '../../metadata/settings-components';
import { configured } from '../app/app-config';
import { SETTINGS_COMPONENTS } from '../schema/component-attributes';
import { fromValue } from '../schema/field-value';
import { isUnknown, type Values } from '../wire/value';

export const SETTINGS_TYPE = 'salesforce_oauth_settings';

/** The stated settings as records; what is not stated, the org decides (D1). */
export function declareSettings(config: Values, apiVersion: number): readonly ManifestComponent[] {
  return SETTINGS_COMPONENTS.flatMap((component): readonly ManifestComponent[] => {
    const fields: Record<string, OwnedValue> = {};
    for (const { name, field } of component.fields) {
      const given = configured(config, component.name, name);
      const value = isUnknown(given) ? undefined : fromValue(field, given);
      if (value !== undefined && exists(field, apiVersion)) fields[field.name] = { value, ownership: 'stated' };
    }
    if (Object.keys(fields).length === 0) return [];
    const type = component.type.name;
    return [{ type, name: settingsMember(type), fields, preserved: [] }];
  });
}
