import { declaredText } from '../../metadata/declared-setting';
import type { ApexClassFacts, OrgFacts } from '../../org/org';
import { apexClassKey, apexClassName } from '../../values/apex-class-name';
import { diagnose } from '../../values/diagnose';
import type { Diagnostic } from '../../values/diagnostic';
import { isTouched } from './declared';
import type { AppGuard } from './guard';
import { unchecked } from './unchecked';

/** The Apex class that takes part in logins must be there; Salesforce refuses the app without it. */
export const guardApexHandler: AppGuard = (input) => {
  const { app, situation } = input;
  const name = declaredText(app, 'apexHandler');
  if (name === undefined) return [];
  const at = { path: app.path, field: 'apexHandler.className' };
  return (
    judgeApexClass(name, situation.facts.apexClasses, at, isTouched(input)) ?? unchecked(input, 'apex-class', at.field)
  );
};

/**
 * What is wrong with an Apex class that something names; undefined where no one knows.
 * @param classes `facts.apexClasses`.
 * @param touched What names the class is written: what may resolve itself is reported only then.
 */
export function judgeApexClass(
  name: string,
  classes: OrgFacts['apexClasses'],
  at: Pick<Diagnostic, 'path' | 'field'>,
  touched: boolean,
): readonly Diagnostic[] | undefined {
  if (!classes) return undefined;
  const found = classes.get(apexClassKey(name));
  if (!found) return [missing(name, classes, at)];
  const warning = { ...at, severity: 'warning' as const, value: found.name };
  if (!found.isActive) {
    return [diagnose('apex-class-deleted', { ...warning, source: 'Object Reference: ApexClass, Status' })];
  }
  if (found.isValid || !touched) return [];
  return [diagnose('apex-class-invalid', { ...warning, source: 'Object Reference: ApexClass, IsValid' })];
}

function missing(
  name: string,
  classes: ReadonlyMap<string, ApexClassFacts>,
  at: Pick<Diagnostic, 'path' | 'field'>,
): Diagnostic {
  // Classes of this name were asked for in every namespace.
  const alike = [...new Set([...classes.values()].map((found) => found.name))].filter(
    (other) => plain(other) === plain(name),
  );
  const place = { ...at, value: name };
  return alike.length > 0
    ? diagnose('apex-class-missing/namespace', place, { names: alike.join(', ') })
    : diagnose('apex-class-missing', place);
}

const plain = (name: string): string => apexClassName(name).name.toLowerCase();
