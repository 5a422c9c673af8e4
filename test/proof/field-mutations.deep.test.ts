import type { FieldValue, OwnedValue } from '../../lib/metadata/component';
import { COMPONENT_TYPES, componentType } from '../../lib/metadata/fields';
import type { Field } from '../../lib/metadata/fields/field';
import type { Manifest, ManifestApp, ManifestComponent } from '../../lib/metadata/manifest';
import { PROOF_CASES } from '../../lib/proof/cases';
import { exchangeOf } from '../../lib/proof/needs';
import type { AppProof } from '../../lib/proof/report';
import { declared } from '../operations/support';
import { FIELD_MUTATIONS, type Mutation, watched } from './field-mutations';
import { proofOf, violations } from './support';

const manifest = declared(watched, { apiVersion: 68 });

const TRIED = Object.entries(FIELD_MUTATIONS).filter(
  (entry): entry is [string, Mutation] => typeof entry[1] === 'object',
);

/** Rows with a security direction, members of records included, by `Type.field.member`. */
const securityFields = (): readonly string[] =>
  COMPONENT_TYPES.flatMap(({ name, fields }) => fields.flatMap((field) => directed(name, field)));

function directed(within: string, { name, role, direction, kind }: Field): readonly string[] {
  if (role !== 'author') return [];
  const path = `${within}.${name}`;
  const members = 'fields' in kind ? kind.fields.flatMap((field) => directed(path, field)) : [];
  return direction === 'neutral' ? members : [path, ...members];
}

/** A manifest of the app alone, with the handler that serves it. */
function alone(app: ManifestApp): Manifest {
  const { records = [], ...others } = manifest;
  const serving = records.filter((record) => exchangeOf({ ...manifest, records: [record] }, app) !== undefined);
  return { ...others, apps: [app], ...(serving.length > 0 && { records: serving }) };
}

/** The app alone, with these fields as the org shall have them, by `Type.field`. */
function mutated(app: ManifestApp, fields: Readonly<Record<string, FieldValue | undefined>>): Manifest {
  const entries = Object.entries(fields);
  const ofRecords = entries.filter(([path]) => path.startsWith('OauthTokenExchangeHandler.'));
  const components = entries
    .filter((entry) => !ofRecords.includes(entry))
    .reduce<readonly ManifestComponent[]>(withField, app.components);
  const { records, ...others } = alone({ ...app, components });
  const changed = records?.map((record) => {
    const stated = ofRecords.map(([path, value = '']): [string, OwnedValue] => [
      path.split('.')[1] ?? '',
      { value, ownership: 'stated' },
    ]);
    return { ...record, fields: { ...record.fields, ...Object.fromEntries(stated) } };
  });
  return { ...others, ...(changed && { records: changed }) };
}

function withField(
  components: readonly ManifestComponent[],
  [path, value]: readonly [string, FieldValue | undefined],
): readonly ManifestComponent[] {
  const [type = '', ...rest] = path.split('.');
  const field = rest.join('.');
  const known = componentType(type)?.fields.some(({ name }) => name === field);
  if (!known || !components.some((one) => one.type === type)) throw new Error(`the app has no ${path}`);
  return components.map((one) => {
    if (one.type !== type) return one;
    const { [field]: _, ...others } = one.fields;
    const stated = value === undefined ? {} : { [field]: { value, ownership: 'stated' as const } };
    return { ...one, fields: { ...others, ...stated }, preserved: one.preserved.filter((name) => name !== field) };
  });
}

const appNamed = (name: string): ManifestApp => {
  const found = manifest.apps.find(({ api_name: each }) => each === name);
  if (!found) throw new Error(`no app ${name} is declared`);
  return found;
};

it('every field of the table that has a security direction is tried, or has its reason', () => {
  expect(Object.keys(FIELD_MUTATIONS).sort()).toEqual([...securityFields()].sort());
});

/** What each case of each app was answered, as `App case: granted`. */
const answers = (proofs: readonly AppProof[]): readonly string[] =>
  proofs.flatMap(({ app, results }) => results.map((result) => `${app} ${result.case}: ${String(result.granted)}`));

let asDeclared: readonly string[] = [];
beforeAll(async () => {
  const proofs = await proofOf(manifest);
  expect(violations(proofs)).toEqual([]);
  asDeclared = answers(proofs);
});

it.each(TRIED)('%s otherwise in the org is found out', async (path, { app: name, value, also = {}, seen }) => {
  const app = appNamed(name);
  const proofs = await proofOf(alone(app), mutated(app, { ...also, [path]: value }));
  const changed = answers(proofs).filter((one) => !asDeclared.includes(one));
  // An attack turns from refused to granted; where the app was cut off instead, a use from granted to refused.
  const demands = new Map(PROOF_CASES.map((one): [string, string] => [one.id, one.demands]));
  const turned = seen.map((id) => `${name} ${id}: ${String(demands.get(id) === 'refusal')}`);
  expect(changed).toEqual(expect.arrayContaining(turned));
});

const CLIENT_CREDENTIALS = 'isClientCredentialsFlowEnabled';
it.each(['ExtlClntAppGlobalOauthSettings', 'ExtlClntAppOauthConfigurablePolicies'])(
  '%s: one half of the client credentials switch opens nothing alone',
  async (type) => {
    const app = appNamed('Billing');
    const also = type.endsWith('Policies') && { [`${type}.clientCredentialsFlowUser`]: 'admin@emulator.example' };
    const proofs = await proofOf(alone(app), mutated(app, { [`${type}.${CLIENT_CREDENTIALS}`]: true, ...also }));
    expect(violations(proofs)).toEqual([]);
  },
);
