import type { TerraformDiagnostic } from '../resource';
import { type Value, type Values, values } from '../wire/value';
import { type Attribute, type BlockSchema, isNested } from './attribute';

export interface Upgraded {
  readonly state: Values | undefined;
  readonly diagnostics: readonly TerraformDiagnostic[];
}

/**
 * A state as this version of the provider has it. An attribute that was renamed needs a step in `upgrades` and a higher
 * version of the schema; what no step takes along is dropped, and named.
 */
export function upgrade(
  { version, attributes, upgrades = [] }: BlockSchema,
  written: { readonly version: number; readonly state: Values },
): Upgraded {
  const steps = upgrades.slice(written.version);
  if (written.version > version || written.version + steps.length !== version) {
    const detail =
      `The state is of version ${written.version} of the resource, and this provider reads up to ${version}. ` +
      `Use the version of the provider that wrote it, or a newer one.`;
    return {
      state: undefined,
      diagnostics: [{ severity: 'error', summary: 'The state is of another version', detail }],
    };
  }
  const state = steps.reduce((before, step) => step(before), written.state);
  const dropped = strangers(attributes, state);
  if (dropped.length === 0) return { state, diagnostics: [] };
  const detail =
    `This version of the provider has no ${dropped.join(', ')}: the state loses the value, the org keeps what it has. ` +
    'Where a newer version of the provider wrote it, use that version again.';
  return {
    state,
    diagnostics: [{ severity: 'warning', summary: 'The state has attributes that are not known', detail }],
  };
}

/** Attributes with a value that the schema does not have, those inside others by their path. */
function strangers(attributes: readonly Attribute[], state: Values, above = ''): readonly string[] {
  return Object.entries(state).flatMap(([name, value]) => {
    if (value === null) return [];
    const known = attributes.find((attribute) => attribute.name === name);
    if (!known) return [`${above}${name}`];
    if (!isNested(known.type)) return [];
    const { attributes: nested } = known.type;
    const members: readonly Value[] = Array.isArray(value) ? (value as readonly Value[]) : [value];
    return [...new Set(members.flatMap((member) => strangers(nested, values(member), `${above}${name}.`)))];
  });
}
