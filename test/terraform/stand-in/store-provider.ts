/**
 * Stands for the provider of a secret store, as Vault's or AWS's: a store_secret sends what its write-only argument is given
 * to the store, and keeps it in no plan and no state. It shares the plugin's handshake with ours, and nothing else.
 */
import { type DynamicValue, readValue, text, type Value, values, writeValue } from '../../../lib/terraform/wire/value';
import { serveStandIn } from './serve';

const type = (json: unknown): Buffer => Buffer.from(JSON.stringify(json));
const read = (value: unknown): Value => readValue(value as DynamicValue | undefined);
const withoutSecret = (state: Value) => writeValue(state === null ? null : { ...values(state), value_wo: null });

serveStandIn({
  GetProviderSchema: () => ({
    provider: { version: 0, block: { version: 0, attributes: [] } },
    resource_schemas: {
      store_secret: {
        version: 0,
        block: {
          version: 0,
          attributes: [
            { name: 'name', type: type('string'), required: true },
            { name: 'value_wo', type: type('string'), required: true, write_only: true },
            { name: 'value_wo_version', type: type('string'), required: true },
          ],
        },
      },
    },
  }),
  ValidateProviderConfig: () => ({}),
  ConfigureProvider: () => ({}),
  ValidateResourceConfig: () => ({}),
  UpgradeResourceState: ({ raw_state: raw }) => ({ upgraded_state: writeValue(read(raw)) }),
  ReadResource: ({ current_state: state }) => ({ new_state: writeValue(read(state)) }),
  PlanResourceChange: ({ proposed_new_state: proposed }) => ({ planned_state: withoutSecret(read(proposed)) }),
  ApplyResourceChange: async ({ planned_state: planned, config }) => {
    const { name, value_wo: secret } = values(read(config));
    if (read(planned) !== null) {
      const { ok } = await fetch(`${process.env['STORE_URL'] ?? ''}/${text(name)}`, {
        method: 'POST',
        body: text(secret) ?? '',
      });
      if (!ok) throw new Error('the store is down');
    }
    return { new_state: withoutSecret(read(planned)) };
  },
  StopProvider: () => ({}),
});
