import type { Platform } from '../declaration/client-app';
import type { ClientApp } from '../options/client-app';
import type { OptionField } from '../options/option';
import { byDefault, type FieldValue, type OwnedValue } from '../options/owned';
import { type Place, placeOf, SETTINGS } from '../options/settings';
import { ROWS } from '../options/table';
import { CONNECTED_APP, HEADER } from '../values/metadata-types';
import type { DeclaredComponent } from './component';
import { componentType, fieldOf } from './fields';
import { exists, type Field } from './fields/field';

/** The names new satellites get (D4); Setup itself uses the same ones. */
export const SATELLITE_SUFFIX = {
  ExtlClntAppGlobalOauthSettings: '_glbloauth',
  ExtlClntAppOauthSettings: '_oauth',
  ExtlClntAppOauthConfigurablePolicies: '_oauthPlcy',
  ExtlClntAppConfigurablePolicies: '_plcy',
  ExtlClntAppOauthSecuritySettings: '_oauthSecurity',
} as const;

/** Fields of every External Client App that no option decides: it is on, and belongs to its org. */
const FIXED: readonly OptionField[] = [
  { ...SETTINGS.distributionState, value: () => byDefault('Local') },
  { ...SETTINGS.appEnabled, value: () => byDefault(true) },
  { ...SETTINGS.oauthEnabled, value: () => byDefault(true) },
];

/** A field that an option decides, where a platform has it. */
interface Target extends Place {
  readonly option: string;
  readonly by: OptionField;
  readonly row: Field;
  readonly as?: (value: FieldValue) => FieldValue;
}

/** What an option says, and where it goes. */
export interface Written {
  readonly target: Target;
  readonly owned: OwnedValue;
}

const TYPES: Readonly<Record<Platform, readonly string[]>> = {
  'external-client-app': [HEADER, ...Object.keys(SATELLITE_SUFFIX)],
  'connected-app': [CONNECTED_APP],
};

const TARGETS: Readonly<Record<Platform, readonly Target[]>> = {
  'external-client-app': targetsOf('external-client-app'),
  'connected-app': targetsOf('connected-app'),
};

/** In the order of the field table, so that the order in which options are listed decides nothing. */
function targetsOf(platform: Platform): readonly Target[] {
  const options = [...ROWS, { name: '', fields: FIXED }].flatMap(({ name: option, fields = [] }) =>
    fields.flatMap((by) => {
      const place = placeOf(by, platform);
      if (!place) return [];
      const as = platform === 'connected-app' && typeof by.ca === 'object' ? by.ca.as : undefined;
      return [{ option, by, ...place, row: fieldOf(place.type, place.field), ...(as && { as }) }];
    }),
  );
  return TYPES[platform].flatMap((name) => {
    const order = (componentType(name)?.fields ?? []).map(({ name: field }) => field);
    return options.filter(({ type }) => type === name).sort((a, b) => order.indexOf(a.field) - order.indexOf(b.field));
  });
}

/** The options that decide a field of a platform, or the record that it is a member of. */
export const optionsOfField = (platform: Platform, type: string, field: string): readonly string[] =>
  TARGETS[platform]
    .filter((target) => target.type === type && (target.field === field || field.startsWith(`${target.field}.`)))
    .flatMap(({ option }) => (option === '' ? [] : [option]));

/** All that an app says, whether or not the Metadata API version has the field. Of two that say one field the later wins. */
export const written = (app: ClientApp): readonly Written[] =>
  TARGETS[app.platform].flatMap((target) => {
    const owned = target.by.value(app);
    return owned ? [{ target, owned: target.as ? { ...owned, value: target.as(owned.value) } : owned }] : [];
  });

/**
 * A declaration as the components Salesforce knows, managed fields only. Every field that decides
 * about security is present, whatever the platform's own default would be. `managedBy` is the id of the manifest.
 */
export function toComponents(app: ClientApp, managedBy: string, apiVersion: number): readonly DeclaredComponent[] {
  const byType = new Map<string, Record<string, OwnedValue>>();
  for (const { target, owned } of written(app)) {
    if (!exists(target.row, apiVersion)) continue;
    const fields = byType.get(target.type) ?? {};
    fields[target.field] = owned;
    byType.set(target.type, fields);
  }
  return [...byType].map(([type, fields], index) => ({
    type,
    fullName: `${app.apiName}${suffixOf(type)}`,
    fields: index === 0 ? { ...fields, managedBy: byDefault(managedBy) } : fields,
  }));
}

const suffixOf = (type: string): string =>
  type in SATELLITE_SUFFIX ? SATELLITE_SUFFIX[type as keyof typeof SATELLITE_SUFFIX] : '';
