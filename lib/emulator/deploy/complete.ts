import { type Fields, type FieldValue, isFields, textOf } from '../fields';
import { recordId } from '../ids';
import { refreshTokenDefaults } from '../schema/defaults';
import { CONNECTED_APP, GLOBAL, HEADER, OAUTH, OAUTH_POLICY, POLICY } from '../schema/types';
import {
  type Component,
  componentOf,
  type Consumer,
  type Draft,
  indexParts,
  nextId,
  type PartIndex,
  put,
} from '../state';
import type { Candidate, ChangeEnvironment } from './change';

/** What Salesforce imposes in newer orgs. */
export const FORCED_FLAGS = ['isPkceRequired', 'isRefreshTokenRotationEnabled', 'isEnforceRefreshTokenTTL'];

/** Adds what the platform adds by itself to the components just written: keys, links, ids, policies, forced flags. */
export function complete(draft: Draft, candidates: readonly Candidate[], env: ChangeEnvironment): void {
  for (const candidate of candidates) {
    const { type, fullName, given } = candidate;
    if (type.name === GLOBAL) completeGlobal(draft, candidate, env);
    if (type.name === CONNECTED_APP) completeConnectedApp(draft, candidate, env);
    if (type.name === HEADER) completeHeader(draft, fullName, given);
    if (type.name === OAUTH_POLICY) completeOauthPolicy(draft, fullName, env);
  }
  const apps = new Set(
    candidates.map(({ type, fullName, given }) =>
      type.name === HEADER ? fullName : given['externalClientApplication'],
    ),
  );
  const parts = indexParts(draft);
  for (const app of apps) {
    if (typeof app !== 'string' || componentOf(draft, HEADER, app) === undefined) continue;
    linkConsumer(draft, parts, app);
    addPolicies(draft, parts, app, env);
  }
}

const change = (draft: Draft, type: string, fullName: string, update: (component: Component) => Component): void => {
  const component = componentOf(draft, type, fullName);
  if (component) put(draft, type, update(component));
};

function newConsumer(draft: Draft, given: Fields, env: ChangeEnvironment): Consumer {
  return {
    id: nextId(draft, '888'),
    key: textOf(given, 'consumerKey') ?? env.mint.consumerKey(),
    secret: textOf(given, 'consumerSecret') ?? env.mint.consumerSecret(),
  };
}

function completeGlobal(draft: Draft, { fullName, given }: Candidate, env: ChangeEnvironment): void {
  change(draft, GLOBAL, fullName, (component) => {
    let consumer = component.consumer ?? newConsumer(draft, given, env);
    if (given['shouldRotateConsumerKey'] === true) consumer = { ...consumer, key: env.mint.consumerKey() };
    if (given['shouldRotateConsumerSecret'] === true) consumer = { ...consumer, secret: env.mint.consumerSecret() };
    const forced = env.switches.secureFlagsForced && !env.seeding;
    const flags = forced ? Object.fromEntries(FORCED_FLAGS.map((name) => [name, true])) : {};
    return { ...component, consumer, fields: { ...component.fields, ...flags } };
  });
}

function completeConnectedApp(draft: Draft, { fullName, given }: Candidate, env: ChangeEnvironment): void {
  const config = given['oauthConfig'];
  if (!isFields(config)) return;
  change(draft, CONNECTED_APP, fullName, (component) => ({
    ...component,
    consumer: component.consumer ?? newConsumer(draft, config, env),
  }));
}

function completeHeader(draft: Draft, fullName: string, given: Fields): void {
  change(draft, HEADER, fullName, (component) => {
    const own = `${draft.orgId.slice(0, 15)}:${fullName}`;
    const packaged = textOf(component.fields, 'distributionState') !== 'Local';
    const scoped = packaged
      ? (textOf(given, 'orgScopedExternalApp') ?? textOf(component.fields, 'orgScopedExternalApp'))
      : undefined;
    return { ...component, fields: { ...component.fields, orgScopedExternalApp: scoped ?? own } };
  });
}

/** A policy that states no refresh token policy gets the platform's. */
function completeOauthPolicy(draft: Draft, fullName: string, env: ChangeEnvironment): void {
  change(draft, OAUTH_POLICY, fullName, (component) => {
    if (component.fields['refreshTokenPolicyType'] !== undefined) return component;
    return {
      ...component,
      fields: { ...component.fields, ...refreshTokenDefaults(env.switches.automaticPolicyIdle30) },
    };
  });
}

/** `oauthLink` points from the OAuth settings to the consumer, as soon as both are there. */
function linkConsumer(draft: Draft, parts: PartIndex, app: string): void {
  const consumer = parts(GLOBAL, app)[0]?.consumer;
  const settings = parts(OAUTH, app)[0];
  const packaged = componentOf(draft, HEADER, app)?.fields['distributionState'] ?? 'Local';
  if (consumer === undefined || settings === undefined) return;
  if (packaged !== 'Local' && settings.fields['oauthLink'] !== undefined) return;
  const oauthLink = `${draft.orgId.slice(0, 15)}:${consumer.id.slice(0, 15)}`;
  change(draft, OAUTH, settings.fullName, (component) => ({
    ...component,
    fields: { ...component.fields, oauthLink },
  }));
}

/** Policies appear unasked: general ones with the header, OAuth ones with the OAuth settings. */
function addPolicies(draft: Draft, parts: PartIndex, app: string, env: ChangeEnvironment): void {
  if (parts(POLICY, app).length === 0) addAutomatic(draft, POLICY, `${app}_defaultPolicy`, app, {}, env);
  const settings = parts(OAUTH, app)[0];
  if (settings !== undefined && parts(OAUTH_POLICY, app).length === 0) {
    const defaults = refreshTokenDefaults(env.switches.automaticPolicyIdle30);
    addAutomatic(draft, OAUTH_POLICY, `${settings.fullName}_defaultPolicy`, app, defaults, env);
  }
}

function addAutomatic(
  draft: Draft,
  type: string,
  wanted: string,
  app: string,
  extra: Fields,
  env: ChangeEnvironment,
): void {
  let fullName = wanted;
  for (let n = 1; componentOf(draft, type, fullName) !== undefined; n++) fullName = `${wanted}${n}`;
  const fields: Record<string, FieldValue> = { externalClientApplication: app, ...extra };
  if (type === POLICY) fields['isEnabled'] = true;
  put(draft, type, {
    id: recordId(type === POLICY ? '0eH' : '0eI', draft.nextId++),
    fullName,
    fields,
    automatic: true,
    createdDate: env.now,
    lastModifiedDate: env.now,
  });
}
