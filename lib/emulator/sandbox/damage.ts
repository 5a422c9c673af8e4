import { type Fields, isFields } from '../fields';
import type { Mint } from '../ids';
import { CONNECTED_APP, GLOBAL, HEADER, METADATA_TYPES, OAUTH, OAUTH_POLICY, POLICY } from '../schema/types';
import { type Component, componentOf, type Draft, drop, partsOf, put } from '../state';

/** One thing that a refresh breaks in an app. */
export const APP_DAMAGES = [
  'not-copied',
  'without-consumer',
  'without-oauth-settings',
  'without-policies',
  'without-certificate',
  'new-consumer-key',
  'switched-off',
] as const;
export type AppDamage = (typeof APP_DAMAGES)[number];

/** Connected Apps are one record: nothing but this can be missing in it. */
const OF_CONNECTED_APPS: readonly AppDamage[] = ['not-copied', 'without-certificate', 'new-consumer-key'];

/** What is wrong with that damage to that app; undefined where it can be done. */
export function damageProblem(draft: Draft, app: string, damage: readonly string[]): string | undefined {
  const known = draft.components[HEADER]?.[app] ? APP_DAMAGES : OF_CONNECTED_APPS;
  if (!draft.components[HEADER]?.[app] && !draft.components[CONNECTED_APP]?.[app]) return `the org has no app ${app}`;
  const wrong = damage.find((each) => !known.some((one) => one === each));
  return wrong === undefined ? undefined : `${app} cannot be ${wrong}; known: ${known.join(', ')}`;
}

/** Breaks an External Client App in the draft. */
export function damageExternalClientApp(draft: Draft, app: string, damage: readonly AppDamage[], mint: Mint): void {
  const without = (type: string): void => partsOf(draft, type, app).forEach((part) => drop(draft, type, part.fullName));
  const change = (type: string, update: (part: Component) => Component): void =>
    partsOf(draft, type, app).forEach((part) => put(draft, type, update(part)));
  for (const each of damage) {
    switch (each) {
      case 'not-copied':
        for (const { name, satellite } of METADATA_TYPES) if (satellite) without(name);
        drop(draft, HEADER, app);
        break;
      case 'without-consumer':
        without(GLOBAL);
        change(OAUTH, (part) => ({ ...part, fields: omit(part.fields, 'oauthLink') }));
        break;
      case 'without-oauth-settings':
        without(OAUTH);
        break;
      case 'without-policies':
        without(OAUTH_POLICY);
        without(POLICY);
        break;
      case 'without-certificate':
        change(GLOBAL, (part) => ({ ...part, fields: omit(part.fields, 'certificate') }));
        break;
      case 'new-consumer-key':
        change(GLOBAL, (part) => withNewConsumer(part, mint));
        break;
      case 'switched-off':
        change(POLICY, (part) => ({ ...part, fields: { ...part.fields, isEnabled: false } }));
        break;
    }
  }
}

/** The same for a Connected App. */
export function damageConnectedApp(draft: Draft, app: string, damage: readonly AppDamage[], mint: Mint): void {
  const component = componentOf(draft, CONNECTED_APP, app);
  if (component === undefined) return;
  const config = component.fields['oauthConfig'];
  const bare = damage.includes('without-certificate') && isFields(config);
  const fields = bare ? { ...component.fields, oauthConfig: omit(config, 'certificate') } : component.fields;
  const kept = damage.includes('new-consumer-key') ? withNewConsumer(component, mint) : component;
  put(draft, CONNECTED_APP, { ...kept, fields });
  if (damage.includes('not-copied')) drop(draft, CONNECTED_APP, app);
}

const withNewConsumer = (component: Component, mint: Mint): Component =>
  component.consumer
    ? {
        ...component,
        consumer: { id: component.consumer.id, key: mint.consumerKey(), secret: mint.consumerSecret() },
      }
    : component;

const omit = (fields: Fields, name: string): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([each]) => each !== name));
