import type { ClientKind } from '../../../lib/declaration/client-app';
import type { Values } from '../../../lib/options/client-app';
import { placeOf, type Setting, SETTINGS } from '../../../lib/options/settings';
import { ROWS } from '../../../lib/options/table';
import { takes } from '../../constructs/plain-options';
import { ONE_OF_SEVERAL } from './external-words';
import type { Found, Inexpressible } from './found';

/** Options whose value is one field, as far as the kind has them. */
export function plainOptions(found: Found, kind: ClientKind): Partial<Values> {
  // A switch that only tightens has no other position.
  const entries = ROWS.filter((row) => row.plain && row.kinds.includes(kind)).flatMap((row) => {
    const [own] = row.fields ?? [];
    const place = own && (own.eca ?? placeOf(own, 'connected-app'));
    const value = place && found.owned(place.type, place.field)?.value;
    return value === undefined || value === '' || (value === false && !takes(row, value)) ? [] : [[row.name, value]];
  });
  // Each row types its own value; which rows there are decides the type of all of them.
  return Object.fromEntries(entries) as Partial<Values>;
}

/** A problem with a field of that, told of the field that the Connected App has. */
export const inConnectedApp = ({ type, field, problem }: Inexpressible): Inexpressible => ({
  type: 'ConnectedApp',
  field: ownName(type, field) ?? field,
  problem,
});

/** The field of ConnectedApp that is like a field of an External Client App, where there is one. */
function ownName(type: string, field: string): string | undefined {
  const like = Object.values<Setting>(SETTINGS).find(({ eca, ca }) => {
    return ca !== undefined && eca?.type === type && eca.field === field;
  });
  return (like && placeOf(like, 'connected-app')?.field) ?? ONE_OF_SEVERAL[field];
}
