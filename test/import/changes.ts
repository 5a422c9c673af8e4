import type { ImportedProgram } from '../../lib/import/model';
import { canonicalJson } from '../../lib/metadata/digest';
import { componentType } from '../../lib/metadata/fields';
import type { FieldChange, OrgPlan } from '../../lib/plan/plan';

/** Of the ownership line and what it carries. */
const isCarried = ({ type, field }: FieldChange): boolean =>
  componentType(type)?.fields.find(({ name }) => name === field)?.role === 'carried';

/** A certificate that the org does not return is announced as a gap, because no one knows which one it is. */
const isBrought = ({ gaps }: ImportedProgram, app: string, { field }: FieldChange): boolean =>
  field === 'certificate' && gaps.some((gap) => gap.app === app && gap.problem.includes('.crt'));

/** A change of an app as text, so that two lists of them can be compared. */
export const spell = (app: string, { type, field, before, after }: FieldChange): string =>
  canonicalJson([app, type, field, before, after]);

/** The changes of a plan that a comment of the program has to announce. */
export const toAnnounce = (program: ImportedProgram, { apps }: OrgPlan): string[] =>
  apps.flatMap(({ api_name: app, changes }) =>
    changes
      .filter((change) => !isCarried(change) && !isBrought(program, app, change))
      .map((change) => spell(app, change)),
  );
