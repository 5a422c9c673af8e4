import { unusableKey } from '../../declaration/certificate-rules';
import { apiNameProblem } from '../../values/api-name';
import type { TerraformDiagnostic } from '../resource';
import { toTerraform } from '../terraform-diagnostic';
import { isUnknown, text, type Values } from '../wire/value';
import { certificateOf, CLIENT_TYPES, clientTypeOf, configured } from './app-config';
import { type AppModel, attributeOf } from './app-model';
import { clashes, valueProblem } from './check-values';

/** Everything that is wrong with the configuration by itself, before anyone asks an org. */
export function validateApp(
  model: AppModel,
  config: Values,
  terraform: { readonly writeOnly: boolean },
): readonly TerraformDiagnostic[] {
  return [
    ...names(config),
    ...certificate(config, terraform.writeOnly),
    ...choices(model, config),
    ...wrongValues(model, config),
    ...contradictions(model, config),
  ];
}

/** By the rules of the constructs; a reader of an attribute alone can tell. */
function wrongValues({ components, platform }: AppModel, config: Values): readonly TerraformDiagnostic[] {
  return components.flatMap((component) =>
    component.fields.flatMap(({ name, field }) => {
      const problem = valueProblem(field, configured(config, component.name, name), platform);
      return problem === undefined ? [] : [wrong([component.name, name], `Wrong ${name}`, problem)];
    }),
  );
}

const contradictions = ({ platform }: AppModel, config: Values): readonly TerraformDiagnostic[] =>
  platform === 'connected-app'
    ? []
    : clashes(config).map(({ attribute, refused, problem }) => {
        const name = attribute.at(-1) ?? '';
        if (refused) return wrong(attribute, `${name} contradicts another argument`, problem);
        return { severity: 'warning', summary: `${name} has no effect`, detail: problem, attribute };
      });

/** What a new app needs, and one that exists may lack. */
export function newAppProblems(model: AppModel, config: Values): readonly TerraformDiagnostic[] {
  const apiName = text(config['api_name']);
  const problem = apiName === undefined ? undefined : apiNameProblem(apiName);
  const diagnostics = problem
    ? [wrong(['api_name'], 'Wrong api_name', `${problem.problem}. Allowed: ${problem.allowed}.`)]
    : [];
  const place = attributeOf(model, 'callbackUrls');
  const given = place && configured(config, ...place);
  const missing = given === undefined || given === null || (Array.isArray(given) && given.length === 0);
  if (!place || !missing || isUnknown(given) || clientTypeOf(config) === 'machine') return diagnostics;
  const detail =
    'A client with users needs at least one callback URL, to which Salesforce sends the authorization code.';
  return [...diagnostics, wrong(place, `${place[1]} is missing`, detail)];
}

const wrong = (attribute: readonly string[], summary: string, detail: string): TerraformDiagnostic => ({
  severity: 'error',
  summary,
  detail,
  attribute,
});

function names(config: Values): readonly TerraformDiagnostic[] {
  const diagnostics: TerraformDiagnostic[] = [];
  const apiName = text(config['api_name']);
  // An imported app may have a longer name than a new one.
  const problem = apiName === undefined ? undefined : apiNameProblem(apiName, true);
  if (problem)
    diagnostics.push(wrong(['api_name'], 'Wrong api_name', `${problem.problem}. Allowed: ${problem.allowed}.`));
  const type = config['client_type'];
  if (!isUnknown(type) && clientTypeOf(config) === undefined) {
    diagnostics.push(
      wrong(['client_type'], 'Wrong client_type', `${JSON.stringify(type)} is none of ${CLIENT_TYPES.join(', ')}.`),
    );
  }
  return diagnostics;
}

/** A write-only argument needs a Terraform that knows such. */
export function tooOldForCertificate(config: Values, writeOnly: boolean): readonly TerraformDiagnostic[] {
  if (writeOnly || certificateOf(config).state === 'none') return [];
  const detail = 'The certificate is never kept in the state, which needs Terraform 1.11 (OpenTofu 1.11) or newer.';
  return [wrong(['certificate'], 'This Terraform is too old for a certificate', detail)];
}

function certificate(config: Values, writeOnly: boolean): readonly TerraformDiagnostic[] {
  const given = certificateOf(config);
  const tooOld = tooOldForCertificate(config, writeOnly);
  if (tooOld.length > 0) return tooOld;
  if (given.state === 'wrong') return [wrong(['certificate'], 'Wrong certificate', `${given.problem}.`)];
  if (given.state !== 'given') return [];
  return unusableKey(given.certificate, 'certificate').map((found) => ({
    ...toTerraform(found),
    attribute: ['certificate'],
  }));
}

function choices({ components }: AppModel, config: Values): readonly TerraformDiagnostic[] {
  return components.flatMap((component) =>
    component.fields.flatMap(({ name, field }) => {
      const value = configured(config, component.name, name);
      if (field.kind.kind !== 'choice' || typeof value !== 'string' || field.kind.values.includes(value)) return [];
      const allowed = field.kind.values.join(', ');
      return [wrong([component.name, name], `Wrong ${name}`, `${JSON.stringify(value)} is none of ${allowed}.`)];
    }),
  );
}
