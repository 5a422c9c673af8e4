import { ROWS } from '../../options/table';
import type { OptionField } from '../../options/option';
import { type Place, placeOf } from '../../options/settings';
import type { FieldValue, OwnedValue } from '../../options/owned';
import type { DeclaredComponent } from '../component';
import type { ManifestApp, ManifestComponent } from '../manifest';

const HEADER = 'ExternalClientApplication';

/** A field of ConnectedApp in the fields that an External Client App has for the same. */
type Translation = readonly [own: string, theirs: (value: FieldValue) => readonly (readonly [Place, FieldValue])[]];

const FIELDS: readonly OptionField[] = ROWS.flatMap(({ fields = [] }) => fields);

const TRANSLATIONS: readonly Translation[] = [
  ['managedBy', (value) => [[{ type: HEADER, field: 'managedBy' }, value]]],
  ...FIELDS.flatMap((each): readonly Translation[] => {
    const { eca, ca, external } = each;
    const own = placeOf(each, 'connected-app')?.field;
    if (own === undefined) return [];
    if (external) return [[own, external.fields]];
    if (!eca) return [];
    return [
      [
        own,
        (value) => {
          const theirs = typeof ca === 'object' ? ca.from(value) : value;
          return theirs === undefined ? [] : [[eca, theirs]];
        },
      ],
    ];
  }),
];

/** Where an External Client App has a field of ConnectedApp; of several places the first one in the table. */
const EXTERNAL_PLACES: ReadonlyMap<string, Place> = new Map(
  FIELDS.flatMap((each): readonly (readonly [own: string, theirs: Place])[] => {
    const own = placeOf(each, 'connected-app')?.field;
    const theirs = each.eca ?? each.external?.place;
    return own === undefined || !theirs ? [] : [[own, theirs]];
  }).reverse(),
);

/** The types of an External Client App that a Connected App says something of. */
const TYPES = [
  HEADER,
  'ExtlClntAppGlobalOauthSettings',
  'ExtlClntAppOauthSettings',
  'ExtlClntAppOauthConfigurablePolicies',
  'ExtlClntAppConfigurablePolicies',
];

/** A Connected App in the words of External Client Apps: the same app, as far as those can say it. */
export function asExternalClientApp({ fullName, fields }: DeclaredComponent): readonly DeclaredComponent[] {
  const parts = new Map(TYPES.map((type) => [type, new Map<string, OwnedValue>()] as const));
  for (const [own, theirs] of TRANSLATIONS) {
    const found = fields[own];
    for (const [{ type, field }, value] of found ? theirs(found.value) : []) {
      if (found) parts.get(type)?.set(field, { value, ownership: found.ownership });
    }
  }
  return [...parts].map(([type, own]) => ({ type, fullName, fields: Object.fromEntries(own) }));
}

/**
 * The components of a declared app in the words of External Client Apps, so that what asks about an app (its flows, its
 * users) asks once for both platforms. Never written anywhere.
 */
export function componentsInExternalWords({
  platform,
  components,
}: Pick<ManifestApp, 'platform' | 'components'>): readonly ManifestComponent[] {
  if (platform !== 'connected-app') return components;
  return components.flatMap(({ type, name: fullName, fields }) =>
    asExternalClientApp({ type, fullName, fields }).map((component) => ({
      type: component.type,
      name: component.fullName,
      fields: component.fields,
      preserved: [],
    })),
  );
}

/** A change of a field in those words; a field that External Client Apps do not have keeps its own. */
export function changeInExternalWords<T extends Place>(change: T): T {
  return change.type === 'ConnectedApp' ? { ...change, ...EXTERNAL_PLACES.get(change.field) } : change;
}
