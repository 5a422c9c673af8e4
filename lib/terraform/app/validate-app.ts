import { apiNameProblem } from '../../values/api-name';
import { strength } from '../../declaration/check-flows';
import type { Told } from '../resource';
import { tell } from '../told';
import { isUnknown, text, type Values } from '../wire/value';
import type { AppModel } from './app-model';
import { certificateOf, CLIENT_TYPES, clientTypeOf, configured } from './app-config';

/** Everything that is wrong with the configuration by itself, before anybody asks an org. */
export function validateApp(
  model: AppModel,
  config: Values,
  terraform: { readonly writeOnly: boolean },
): readonly Told[] {
  return [...names(config), ...certificate(config, terraform.writeOnly), ...choices(model, config)];
}

const wrong = (attribute: readonly string[], summary: string, detail: string): Told => ({
  severity: 'error',
  summary,
  detail,
  attribute,
});

function names(config: Values): readonly Told[] {
  const told: Told[] = [];
  const apiName = text(config['api_name']);
  // An imported app may have a longer name than a new one.
  const problem = apiName === undefined ? undefined : apiNameProblem(apiName, true);
  if (problem) told.push(wrong(['api_name'], 'Wrong api_name', `${problem.problem}. Allowed: ${problem.allowed}.`));
  const type = config['client_type'];
  if (!isUnknown(type) && clientTypeOf(config) === undefined) {
    told.push(
      wrong(['client_type'], 'Wrong client_type', `${JSON.stringify(type)} is none of ${CLIENT_TYPES.join(', ')}.`),
    );
  }
  return told;
}

function certificate(config: Values, writeOnly: boolean): readonly Told[] {
  const given = certificateOf(config);
  if (given.state === 'none') return [];
  if (!writeOnly) {
    const detail = 'The certificate is never kept in the state, which needs Terraform 1.11 (OpenTofu 1.11) or newer.';
    return [wrong(['certificate'], 'This Terraform is too old for a certificate', detail)];
  }
  if (given.state === 'wrong') return [wrong(['certificate'], 'Wrong certificate', `${given.problem}.`)];
  if (given.state !== 'given') return [];
  return strength(given.certificate).map((found) => ({
    ...tell({ ...found, path: 'certificate' }),
    attribute: ['certificate'],
  }));
}

function choices({ components }: AppModel, config: Values): readonly Told[] {
  return components.flatMap((component) =>
    component.fields.flatMap(({ name, field }) => {
      const value = configured(config, component.name, name);
      if (field.kind.kind !== 'choice' || typeof value !== 'string' || field.kind.values.includes(value)) return [];
      const allowed = field.kind.values.join(', ');
      return [wrong([component.name, name], `Wrong ${name}`, `${JSON.stringify(value)} is none of ${allowed}.`)];
    }),
  );
}
