import { createProvider } from '../../lib/terraform/provider';
import type { Message } from '../../lib/terraform/wire/protocol';
import { type DynamicValue, readValue } from '../../lib/terraform/wire/value';
import { clock } from '../cli/support';
import { MANAGED_BY, opened } from './core';

/** What Terraform knows after `terraform import` into an empty state, for a core to begin with. */
export async function importedInHand(
  environment: Readonly<Record<string, string>>,
  address: string,
  id: string,
): Promise<unknown> {
  const provider = await opened(createProvider({ environment, clock }), MANAGED_BY);
  const said = { errors: [], warnings: [] };
  await provider.configure(said);
  const type_name = address.split('.')[0];
  const answer = await provider.call('ImportResourceState', { type_name, id }, said);
  const [imported] = (answer?.['imported_resources'] ?? []) as readonly Message[];
  if (!imported) throw new Error(`not imported: ${said.errors.join('\n')}`);
  const state = readValue(imported['state'] as DynamicValue);
  return new Map([[address, { state, private: imported['private'] }]]);
}
