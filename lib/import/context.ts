import type { DeclareContext } from '../declaration/reading';
import { type ImportedOrg, stackOf } from './model';

/** What a declaration in the program is judged against. */
export const contextOf = ({ name, apiVersion }: ImportedOrg, apiName: string, today: string): DeclareContext => ({
  path: `${stackOf(name)}/${name}/${apiName}`,
  org: name,
  id: apiName,
  apiVersion,
  today,
  // Nothing that an org says is a value of Terraform, whatever it looks like.
  engine: 'null',
});
