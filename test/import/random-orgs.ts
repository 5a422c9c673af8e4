import fc from 'fast-check';

import type { Component, FieldValue } from '../../lib/metadata/component';
import { componentType } from '../../lib/metadata/fields';
import { exists } from '../../lib/metadata/fields/field';
import type { ObservedApp, ObservedOrg } from '../../lib/metadata/observed';
import { toComponents } from '../../lib/metadata/to-components';
import { CONSUMER, HEADER } from '../../lib/values/metadata-types';
import { appsAt } from '../constructs/arbitraries';
import { connectedAppsAt } from '../constructs/connected-app-arbitraries';
import { declaredIn } from '../constructs/declared';
import { components } from '../metadata/random-components';

/** What Setup offers and a declaration seldom has: the choices of people who made apps by hand. */
const flipped = (component: Component, version: number): fc.Arbitrary<Component> => {
  const type = componentType(component.type);
  // A reading by an older version has none of the newer fields.
  const flags = (type?.fields ?? []).filter(
    (field) => field.kind.kind === 'boolean' && field.role === 'author' && exists(field, version),
  );
  return fc.subarray(flags.map(({ name }) => name)).chain((names) =>
    fc.tuple(...names.map(() => fc.boolean())).map((values) => ({
      ...component,
      fields: { ...component.fields, ...Object.fromEntries(names.map((name, n) => [name, values[n] ?? false])) },
    })),
  );
};

/** Some of its fields with any value of their kind, others without one. */
const disturbed = (component: Component, version: number): fc.Arbitrary<Component> => {
  const type = componentType(component.type);
  if (!type) return fc.constant(component);
  const names = Object.keys(component.fields);
  return fc
    .record({
      other: components(type, version),
      taken: fc.subarray(names, { maxLength: Math.min(3, names.length) }),
      gone: fc.subarray(names, { maxLength: Math.min(3, names.length) }),
    })
    .map(({ other, taken, gone }) => ({
      ...component,
      fields: {
        ...Object.fromEntries(Object.entries(component.fields).filter(([name]) => !gone.includes(name))),
        ...Object.fromEntries(Object.entries(other.fields).filter(([name]) => taken.includes(name))),
      },
    }));
};

/** What was done to a component by hand, and how often. */
type Hands = (component: Component, version: number) => readonly fc.WeightedArbitrary<Component>[];

const ANY_HAND: Hands = (plain, version) => [
  { weight: 3, arbitrary: fc.constant(plain) },
  { weight: 2, arbitrary: flipped(plain, version) },
  { weight: 2, arbitrary: disturbed(plain, version) },
];

/** What Salesforce lets a person do: values of their kind that mean nothing are not among it. */
const ADMIN: Hands = (plain, version) => [
  { weight: 1, arbitrary: fc.constant(plain) },
  { weight: 2, arbitrary: flipped(plain, version) },
];

/** Any app of an org, on either platform: what somebody declared once, and what was done to it by hand. */
const observedApp = (apiName: string, version: number, hands: Hands): fc.Arbitrary<ObservedApp> =>
  fc
    .oneof(appsAt(version), connectedAppsAt(version))
    .map((random) => toComponents(declaredIn(version, random), 'somebody', version))
    .chain((declared) =>
      fc.tuple(
        ...declared.map(({ type, fields }) => {
          const plain = { type, fullName: apiName, fields: valuesOf(fields) };
          return fc.oneof(...hands(plain, version)).map((each) => madeByHand(each, apiName));
        }),
      ),
    )
    .map((all: readonly Component[]) => ({
      platform: all[0]?.type === HEADER ? 'external-client-app' : 'connected-app',
      apiName,
      condition: 'present',
      components: Object.fromEntries(all.map((component) => [component.type, { state: 'present', component }])),
      otherComponents: [],
    }));

const valuesOf = (fields: Readonly<Record<string, { readonly value: FieldValue }>>): Component['fields'] =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, { value }]) =>
      Array.isArray(value) && value.length === 0 ? [] : [[name, value] as const],
    ),
  );

/** Nobody manages it as code. */
function madeByHand({ type, fields }: Component, apiName: string): Component {
  const { managedBy: _, certificateFingerprint: __, ...own } = fields;
  const key = type === CONSUMER ? { consumerKey: `3MVG9.${apiName}` } : {};
  const app = type === HEADER || type === 'ConnectedApp' ? {} : { externalClientApplication: apiName };
  return { type, fullName: apiName, fields: { ...own, ...key, ...app } };
}

export const orgOf = (apps: readonly ObservedApp[]): ObservedOrg => ({
  apps: new Map(apps.map((app) => [app.apiName, app])),
  connectedApps: new Map(apps.filter(({ platform }) => platform === 'connected-app').map((app) => [app.apiName, app])),
  settings: {
    OauthOidcSettings: {
      state: 'present',
      component: { type: 'OauthOidcSettings', fullName: 'OauthOidc', fields: { oAuthCdCrdtFlowEnable: true } },
    },
  },
  oauthRecords: {},
  unplaced: [],
});

const orgsBy =
  (hands: Hands) =>
  (version: number, size: number): fc.Arbitrary<ObservedOrg> =>
    fc.tuple(...Array.from({ length: size }, (_, n) => observedApp(`App${n}`, version, hands))).map(orgOf);

/** Any org. */
export const orgs = orgsBy(ANY_HAND);

/** Any org that Salesforce would hold. */
export const livableOrgs = orgsBy(ADMIN);
