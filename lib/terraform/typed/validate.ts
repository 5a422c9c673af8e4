import { NEWEST_API_VERSION } from '../../metadata/api-version';
import { tooOldForCertificate } from '../app/validate-app';
import type { TerraformDiagnostic } from '../resource';
import type { Values } from '../wire/value';
import { declareTyped } from './declare';
import type { TypedModel } from './typed-model';

/**
 * Everything that is wrong with the arguments by themselves, by the rules of the constructs, before anyone asks an
 * org: of the newest Metadata API version, as the org's own is for the plan to tell.
 */
export function validateTyped(
  model: TypedModel,
  config: Values,
  { writeOnly, today }: { readonly writeOnly: boolean; readonly today: string },
): readonly TerraformDiagnostic[] {
  return [
    ...tooOldForCertificate(config, writeOnly),
    ...declareTyped(model, config, { apiVersion: NEWEST_API_VERSION, today }).diagnostics,
  ];
}
