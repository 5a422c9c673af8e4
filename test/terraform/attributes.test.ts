import fc from 'fast-check';

import { appAttributes } from '../../constructs/engines/provider-attributes';
import { NEWEST_API_VERSION, OLDEST_API_VERSION } from '../../lib/metadata/api-version';
import type { FieldValue } from '../../lib/metadata/component';
import { fieldOf } from '../../lib/metadata/fields';
import type { Field } from '../../lib/metadata/fields/field';
import { normalize } from '../../lib/metadata/normalize';
import { toComponents } from '../../lib/metadata/to-components';
import { isRecord } from '../../lib/options/owned';
import { CONNECTED_APP, EXTERNAL_CLIENT_APP } from '../../lib/terraform/app/app-model';
import { declareApp } from '../../lib/terraform/app/declare-app';
import { plannedState } from '../../lib/terraform/app/plan-app';
import { appSchema } from '../../lib/terraform/app/schema';
import { validateApp } from '../../lib/terraform/app/validate-app';
import { type Attribute, isNested } from '../../lib/terraform/schema/attribute';
import { conform } from '../../lib/terraform/schema/conform';
import type { Value, Values } from '../../lib/terraform/wire/value';
import { appsAt } from '../constructs/arbitraries';
import { connectedAppsAt } from '../constructs/connected-app-arbitraries';
import { declaredIn } from '../constructs/declared';
import { cases } from '../deep';

const RUNS = cases(200, 4_000);
const versions = Array.from({ length: NEWEST_API_VERSION - OLDEST_API_VERSION + 1 }, (_, n) => OLDEST_API_VERSION + n);

/** As Terraform hands it over: `$${` in its JSON is the text `${`. */
function asTerraformReads(value: unknown): Value {
  if (typeof value === 'string') return value.replace(/([$%])\1\{/g, '$1{');
  if (Array.isArray(value)) return value.map(asTerraformReads);
  if (typeof value !== 'object' || value === null) return value as Value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, asTerraformReads(member)]));
}

/** Attributes that the schema does not have, as paths. */
function strangers(attributes: readonly Attribute[], given: Values, path = ''): readonly string[] {
  return Object.entries(given).flatMap(([name, value]): readonly string[] => {
    const attribute = attributes.find((each) => each.name === name);
    if (!attribute || attribute.mode === 'computed') return [`${path}${name}`];
    if (!isNested(attribute.type) || value === null) return [];
    const { attributes: members } = attribute.type;
    const rows = (Array.isArray(value) ? value : [value]) as readonly Values[];
    return rows.flatMap((row) => strangers(members, row, `${path}${name}.`));
  });
}

type Fields = Readonly<Record<string, FieldValue | undefined>>;

/** A plan shows every member of a record, those that no one states with the platform's default. */
function withDefaults({ kind }: Field, value: FieldValue): FieldValue {
  if (kind.kind !== 'record' || !isRecord(value)) return value;
  const defaults = kind.fields.flatMap(({ name, default: own }) => (own === undefined ? [] : [[name, own] as const]));
  return { ...Object.fromEntries(defaults), ...value } as FieldValue;
}

/** Values by type and field, those without a meaning left out. */
const meaning = (
  components: readonly { readonly type: string; readonly fields: Readonly<Record<string, { value: FieldValue }>> }[],
): Readonly<Record<string, Fields>> =>
  Object.fromEntries(
    components.map(({ type, fields }) => [
      type,
      Object.fromEntries(
        Object.entries(fields).flatMap(([name, { value }]) => {
          const field = fieldOf(type, name);
          const canonical = normalize(field, value);
          return canonical === undefined ? [] : [[name, withDefaults(field, canonical)]];
        }),
      ),
    ]),
  );

const PLATFORMS = [
  { model: EXTERNAL_CLIENT_APP, arbitrary: appsAt },
  { model: CONNECTED_APP, arbitrary: connectedAppsAt },
];

describe.each(PLATFORMS)('a $model.resourceType', ({ model, arbitrary }) => {
  const { attributes } = appSchema(model);

  it.each(versions)('is read from the attributes as the program declared it, at API version %d', (apiVersion) => {
    fc.assert(
      fc.property(arbitrary(apiVersion), (random) => {
        const app = declaredIn(apiVersion, random);
        const given = asTerraformReads(
          appAttributes(app, { manifestId: 'identity/prod', apiVersion, exceptions: [] }),
        ) as Values;
        expect(strangers(attributes, given)).toEqual([]);
        const config = conform(attributes, given);
        expect(validateApp(model, config, { writeOnly: true })).toEqual([]);
        const planned = plannedState(model, { prior: undefined, config, keepsUnset: false }, apiVersion);
        const wish = { config, planned, prior: undefined };
        const read = declareApp(model, wish, { apiVersion, managedBy: 'identity/prod' });
        expect(meaning(read.components)).toEqual(meaning(toComponents(app, 'identity/prod', apiVersion)));
        expect(read).toMatchObject({ api_name: app.apiName, kind: app.kind, platform: app.platform, label: app.label });
      }),
      { numRuns: Math.ceil(RUNS / versions.length) },
    );
  });
});
