import { AccessTokens } from '../../declaration/options/access-tokens';
import { CertificateOption } from '../../declaration/options/certificate-option';
import { PermittedUsers } from '../../declaration/options/permitted-users';
import { Username } from '../../declaration/options/username';
import { evaluate } from '../../options/expression';
import type { Misfit, Plain, ShapeType } from '../../options/shape';
import { LATE } from '../../options/table';
import { Certificate } from '../../values/certificate';
import { ok } from '../../values/result';
import { snakeCase } from '../../values/snake-case';
import { hasUnknown } from '../schema/field-value';
import { isUnknown, type Value, type Values, values } from '../wire/value';
import type { TypedModel } from './typed-model';

/** A configuration as the author of a program would have given it. */
export interface Given {
  readonly props: Readonly<Record<string, unknown>>;
  /** Options of which something is not known that decides about more than its own text. */
  readonly unknown: ReadonlySet<string>;
  /** Values that no program could have written, by the path of the option. */
  readonly misfits: readonly (Misfit & { readonly path: string })[];
}

/** Terraform's own tokens look so, too, and mean the same: a text that is known later. */
const late = (count: number): string => `\${TfToken[UNKNOWN.${count}]}`;
/** True for a text that {@link givenOf} put where a value is not known. */
export const isLate = (text: string): boolean => text.startsWith('${TfToken[UNKNOWN.');

/** What stands for an option that is not known: a value that contradicts nothing. */
const standIns = (today: string): Readonly<Record<string, unknown>> => ({
  scopes: ['Api'],
  callbackUrls: [late(0)],
  permittedUsers: PermittedUsers.preAuthorized({ permissionSets: [late(0)] }),
  accessTokens: AccessTokens.jwt(),
  certificate: new CertificateOption(ok(Certificate.unread(''))),
  clientCredentials: {
    runAs: Username.of(late(0)),
    justification: { reason: 'not known', approvedBy: 'not known', expires: today },
  },
});

/**
 * @param today For the stand-in of a justification that is not known yet.
 */
export function givenOf({ options }: TypedModel, config: Values, today: string): Given {
  const props: Record<string, unknown> = {};
  const unknown = new Set<string>();
  const misfits: (Misfit & { path: string })[] = [];
  const instead = standIns(today);
  let count = 0;
  for (const { attribute, row, shape } of options) {
    const value = config[attribute] ?? null;
    if (value === null) continue;
    const marked = withMarks(value, shape.type, row.name, () => late((count += 1)));
    if (hasUnknown(marked)) {
      unknown.add(row.name);
      if (row.name in instead) props[row.name] = instead[row.name];
      continue;
    }
    const refuse = (path: string, misfit: Misfit): void => void misfits.push({ ...misfit, path });
    const expression = shape.read(marked as Plain, { path: row.name, refuse });
    if (expression) props[row.name] = evaluate(expression);
  }
  return { props, unknown, misfits };
}

/** The value with a mark for each unknown text of which nothing is decided. */
function withMarks(value: Value, type: ShapeType, path: string, mark: () => string): Value {
  if (isUnknown(value)) return type === 'text' && LATE.has(path) ? mark() : value;
  if (typeof type !== 'object' || value === null) return value;
  if ('setOf' in type) {
    const element = type.setOf;
    return Array.isArray(value)
      ? (value as readonly Value[]).map((each) => withMarks(each, element, path, mark))
      : value;
  }
  const given = values(value);
  const members = type.members.map(({ name, shape }): [string, Value] => [
    snakeCase(name),
    withMarks(given[snakeCase(name)] ?? null, shape.type, `${path}.${name}`, mark),
  ]);
  return { ...given, ...Object.fromEntries(members) };
}
