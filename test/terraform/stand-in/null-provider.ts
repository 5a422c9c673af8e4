/**
 * Stands for hashicorp/null, which cannot be downloaded here: the same address, the same schema, served by our own wire
 * layer. A null_resource keeps its triggers, is replaced when they change, and does nothing.
 */
import { randomInt } from 'node:crypto';

import type { Message } from '../../../lib/terraform/wire/protocol';
import { type DynamicValue, readValue, Unknown, type Value, writeValue } from '../../../lib/terraform/wire/value';
import { serveStandIn } from './serve';

const type = (json: unknown): Buffer => Buffer.from(JSON.stringify(json));
const value = (message: Message, name: string): Value => readValue(message[name] as DynamicValue | undefined);
const block = (attributes: readonly object[]): object => ({ version: 0, block: { version: 0, attributes } });

const record = (state: Value): Readonly<Record<string, Value>> | undefined =>
  typeof state === 'object' && state !== null && !Array.isArray(state)
    ? (state as Readonly<Record<string, Value>>)
    : undefined;

const same = (a: Value | undefined, b: Value | undefined): boolean =>
  JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

serveStandIn({
  GetProviderSchema: () => ({
    provider: block([]),
    resource_schemas: {
      null_resource: block([
        { name: 'id', type: type('string'), computed: true },
        { name: 'triggers', type: type(['map', 'string']), optional: true },
      ]),
    },
    server_capabilities: { plan_destroy: false },
  }),
  ValidateProviderConfig: () => ({}),
  ConfigureProvider: () => ({}),
  ValidateResourceConfig: () => ({}),
  UpgradeResourceState: (request) => ({
    upgraded_state: writeValue(readValue(request['raw_state'] as DynamicValue)),
  }),
  ReadResource: (request) => ({ new_state: writeValue(value(request, 'current_state')) }),
  PlanResourceChange: (request) => {
    const prior = record(value(request, 'prior_state'));
    const proposed = record(value(request, 'proposed_new_state'));
    if (!proposed) return { planned_state: writeValue(null) };
    if (!prior) return { planned_state: writeValue({ ...proposed, id: new Unknown() }) };
    const replaced = same(prior['triggers'], proposed['triggers']) ? [] : [{ steps: [{ attribute_name: 'triggers' }] }];
    return { planned_state: writeValue({ ...proposed, id: prior['id'] ?? null }), requires_replace: replaced };
  },
  ApplyResourceChange: (request) => {
    const planned = record(value(request, 'planned_state'));
    if (!planned) return { new_state: writeValue(null) };
    const id = planned['id'] instanceof Unknown ? String(randomInt(2 ** 40)) : (planned['id'] ?? null);
    return { new_state: writeValue({ ...planned, id }) };
  },
  StopProvider: () => ({}),
});
