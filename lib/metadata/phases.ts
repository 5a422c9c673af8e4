import type { FieldValue } from './component';
import type { Field } from './fields/field';

/**
 * The deploys of one org in their order, each all or nothing (D6). Settings that open something and custom scopes go
 * first, because Salesforce refuses apps that need what the org does not allow or have yet, also within one deploy. Token
 * exchange handlers name apps, so they follow them. Settings that tighten go last, because apps may have to become ready
 * for them.
 */
export const PHASES = ['enable', 'apps', 'handlers', 'tighten'] as const;
export type PhaseName = (typeof PHASES)[number];

/** True where this value of a switch is its open position, whatever the org has now. */
export const isOpen = ({ direction }: Pick<Field, 'direction'>, value: FieldValue | undefined): boolean =>
  (direction === 'true-widens' && value === true) || (direction === 'true-narrows' && value !== true);

/** The folder of one package among those to deploy one after the other. */
export const phaseFolder = (index: number, name: PhaseName): string => `${index + 1}-${name}`;
