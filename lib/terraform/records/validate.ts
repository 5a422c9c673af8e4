import { NEWEST_API_VERSION } from '../../metadata/api-version';
import { recordResource } from '../../metadata/attribute-names';
import type { FieldRecord, FieldValue } from '../../metadata/component';
import type { Field } from '../../metadata/fields/field';
import { APP_MEMBER, appsInRows } from '../../metadata/records/app-rows';
import type { RecordKind } from '../../metadata/records/kind';
import { snakeCase } from '../../values/snake-case';
import type { TerraformDiagnostic } from '../resource';
import { componentOf } from '../schema/component-attributes';
import { hasUnknown } from '../schema/field-value';
import { inHclWords } from '../typed/diagnostics';
import { text, type Value, type Values, values } from '../wire/value';

/** Everything that is wrong with a record by itself, by the rules of the constructs. What is not known yet is not judged. */
export function validateRecord(kind: RecordKind, config: Values, today: string): readonly TerraformDiagnostic[] {
  const component = componentOf(kind);
  const stated = values(config[component.name]);
  const fields: Record<string, FieldValue> = {};
  const diagnostics: TerraformDiagnostic[] = [];
  for (const { name, field } of component.fields) {
    const value = asStated(field, stated[name] ?? null);
    if (value === undefined) continue;
    const attribute = [component.name, name];
    fields[field.name] = value;
    if (field.name === kind.apps?.field) diagnostics.push(...rowsWithoutApp(field, value, attribute));
  }
  const apiName = text(config['api_name']);
  const path = `${recordResource(kind.type)} ${apiName ?? ''}`.trim();
  const context = { path, org: '', id: 'Record', apiVersion: NEWEST_API_VERSION, today, engine: 'provider' } as const;
  const declared = kind.declare({ ...(apiName !== undefined && { apiName }), ...kind.recall(fields) }, context);
  // What is missing is not known yet, or Terraform itself asks for it.
  const problems = declared.ok
    ? kind.check([declared.value], [])
    : declared.error.filter(({ code }) => code !== 'missing-option');
  const attributeAt = (option: string): readonly string[] => {
    if (option === 'apiName') return ['api_name'];
    const found = component.fields.find((each) => each.field.name === kind.options[option]);
    return found ? [component.name, found.name] : [component.name];
  };
  return [
    ...diagnostics,
    ...problems.map((problem) => ({
      ...inHclWords(problem),
      attribute: attributeAt(/^\w+/.exec(problem.field ?? '')?.[0] ?? ''),
    })),
  ];
}

/** The value as it is typed, by the names of fields; of rows those of which everything is known. Undefined: nothing to judge. */
function asStated({ kind }: Field, value: Value): FieldValue | undefined {
  if (kind.kind !== 'records') return typeof value === 'string' || typeof value === 'boolean' ? value : undefined;
  if (!Array.isArray(value)) return undefined;
  const known = (value as readonly Value[]).filter((row) => !hasUnknown(row)).map(values);
  return known.map((row) =>
    Object.fromEntries(
      kind.fields.flatMap(({ name }) => {
        const member = row[snakeCase(name)];
        return typeof member === 'string' || typeof member === 'boolean' ? [[name, member] as const] : [];
      }),
    ),
  );
}

/** A row is about one app, of which the schema cannot say that it is one of two. */
function rowsWithoutApp(
  { kind }: Field,
  rows: FieldValue,
  attribute: readonly string[],
): readonly TerraformDiagnostic[] {
  const members =
    kind.kind === 'records'
      ? Object.values(APP_MEMBER).filter((name) => kind.fields.some((field) => field.name === name))
      : [];
  const wrong = (rows as readonly FieldRecord[]).filter((row) => appsInRows([row]).length !== 1);
  if (wrong.length === 0) return [];
  const allowed = members.map(snakeCase).join(' or ');
  return [
    {
      severity: 'error',
      summary: `Wrong ${attribute.at(-1) ?? ''}`,
      detail: `Each row names one app, and ${wrong.length} of them ${wrong.length === 1 ? 'does' : 'do'} not.\n\nallowed: ${allowed}, with the API name of the app`,
      attribute,
    },
  ];
}
