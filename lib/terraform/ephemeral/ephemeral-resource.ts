import type { Session } from '../org/session';
import type { Answered, TerraformDiagnostic } from '../resource';
import type { BlockSchema } from '../schema/attribute';
import type { Values } from '../wire/value';

/**
 * A kind of object that lives for one walk of Terraform: it is in no plan and in no state. Terraform opens it in every plan
 * and in every apply that needs it, so that opening writes nothing to the org.
 */
export interface EphemeralResource {
  readonly schema: BlockSchema;
  readonly validate: (config: Values) => readonly TerraformDiagnostic[];
  readonly open: (config: Values, session: Session) => Promise<Answered>;
}
