import { inHcl } from '../../options/in-hcl';
import type { Misfit } from '../../options/shape';
import { ROWS } from '../../options/table';
import type { Diagnostic } from '../../values/diagnostic';
import { snakeCase } from '../../values/snake-case';
import type { AppModel } from '../app/app-model';
import type { TerraformDiagnostic } from '../resource';
import { sentence, toTerraform } from '../terraform-diagnostic';

/** The attribute of an option or of a member of one: `refreshTokens.justification` is `refresh_tokens.justification`. */
const attributeAt = (field: string): readonly string[] =>
  field
    .replace(/\[\d+\]/g, '')
    .split('.')
    .map(snakeCase);

/** A diagnostic about an option in the words of HCL. What was given stays as it was typed. */
export function inHclWords(diagnostic: Diagnostic): TerraformDiagnostic {
  const said = toTerraform(diagnostic);
  const lines = said.detail.split('\n').map((line) => (line.startsWith('given: ') ? line : inHcl(line)));
  return { ...said, detail: lines.join('\n') };
}

/** The same at its attribute. */
export function typedDiagnostic(diagnostic: Diagnostic): TerraformDiagnostic {
  const shown = inHclWords(diagnostic);
  return diagnostic.field === undefined ? shown : { ...shown, attribute: attributeAt(diagnostic.field) };
}

/** A value that is not one of the allowed ones. */
export function misfitDiagnostic({
  path,
  problem,
  allowed,
  remedy,
  given,
}: Misfit & { readonly path: string }): TerraformDiagnostic {
  const attribute = attributeAt(path);
  const lines = [
    sentence(problem),
    '',
    ...(given === undefined ? [] : [`given:   ${given}`]),
    `allowed: ${allowed}`,
    `to do:   ${remedy}`,
  ];
  return { severity: 'error', summary: `Wrong ${attribute.join('.')}`, detail: lines.join('\n'), attribute };
}

/** What the plan says of an attribute of the metadata, at the option that decides it. */
export function atOption({ components }: AppModel, diagnostic: TerraformDiagnostic): TerraformDiagnostic {
  const { attribute = [] } = diagnostic;
  const component = components.find(({ name }) => name === attribute[0]);
  if (!component) return attribute[0] === 'client_type' ? { ...diagnostic, attribute: ['api_name'] } : diagnostic;
  const member = component.fields.find(({ name }) => name === attribute[1]);
  const type = component.type.name;
  const option = ROWS.filter(({ shape }) => shape !== undefined).flatMap(({ name, fields = [] }) =>
    fields.flatMap(({ eca, path }) =>
      eca?.type === type && eca.field === member?.field.name ? [path === undefined ? name : `${name}.${path}`] : [],
    ),
  )[0];
  return { ...diagnostic, attribute: option === undefined ? ['metadata', ...attribute] : attributeAt(option) };
}
