import { textOf } from '../fields';
import { PERMISSION_SET } from '../schema/types';
import { type Component, componentOf, componentsOf, type OrgState } from '../state';

/** The permission set of that API name; where labels count as well, else the one of that label. */
export function permissionSetNamed(org: OrgState, text: string, byLabel: boolean): Component | undefined {
  const named = componentOf(org, PERMISSION_SET, text);
  if (named !== undefined || !byLabel) return named;
  return componentsOf(org, PERMISSION_SET).find(({ fields }) => textOf(fields, 'label') === text);
}
