import { COMPONENT_TYPES, componentType } from '../metadata/fields';
import type { Field } from '../metadata/fields/field';
import { directionSentence, impactSentence } from '../metadata/fields/words';
import type { Control } from '../policy/control';
import { CONTROLS } from '../policy/controls';
import { exemptionWords, fieldsOf, kindWords, permissionsFor, platformWords, setupPlaces } from '../policy/describe';
import { remedyBreaks } from '../policy/remedy-impact';
import { formatRange } from '../policy/severity';
import { CATALOG, entryOf, remedyFor } from '../values/catalog';
import { NOTHING_TO_DO } from '../values/catalog/entry';
import { diagnose } from '../values/diagnose';
import type { Diagnostic } from '../values/diagnostic';
import { shown } from '../values/diagnostic';
import { nearest } from '../values/nearest';
import { fail, ok, type Result } from '../values/result';
import { optionNames, optionText } from './explain-option';

/**
 * What `client-apps explain` prints for a control (its id, or Salesforce's name for it), a metadata field
 * (`isPkceRequired`, with or without its type, or the label that a plan prints), an option (`pkce`) or the code of a
 * diagnostic (`adoption-needed`). Plain text.
 */
export function explain(term: string): Result<string, Diagnostic> {
  const wanted = term.trim().toLowerCase();
  const control = CONTROLS.find((each) =>
    [each.id, each.salesforceControl ?? ''].some((name) => name.toLowerCase() === wanted),
  );
  if (control) return ok(controlText(control));
  // A name may be both: an option is often called what its field is called.
  const option = optionNames().find((name) => name.toLowerCase() === wanted);
  const texts = [option === undefined ? undefined : optionText(option), fieldText(wanted)];
  const found = texts.filter((text) => text !== undefined);
  if (found.length > 0) return ok(found.join('\n\n'));
  const code = codeText(wanted);
  return code === undefined ? fail(unknown(term)) : ok(code);
}

/** What the catalog knows of a code that a message ends with. */
function codeText(code: string): string | undefined {
  const entry = entryOf(code);
  if (!entry) return undefined;
  const [cli, terraform] = [remedyFor('command-line', entry.remedy), remedyFor('terraform', entry.remedy)];
  const sections = [
    ['Severity', [entry.severity, entry.also].filter(Boolean).join(' or ')],
    ['Allowed', entry.allowed],
    ['What to do', cli === NOTHING_TO_DO ? undefined : cli],
    ['What to do under Terraform', terraform === cli ? undefined : terraform],
  ];
  const lines = sections.flatMap(([name, text]) => (text === undefined ? [] : ['', `${name}:`, `  ${text}`]));
  return [`${code}: ${entry.says}`, ...lines].join('\n');
}

function controlText(control: Control): string {
  const sections: (readonly [string, string | readonly string[] | undefined])[] = [
    ["Salesforce's control", control.salesforceControl ?? 'none published; this rule is our own'],
    ['Judges', control.level === 'org' ? 'the org-wide settings' : `${platformWords(control)}: ${kindWords(control)}`],
    ['Appears', control.needsUsage ? 'in client-apps audit --with-usage' : undefined],
    ['Recommended', control.recommended],
    ['Risk', control.risk],
    ['Threat', control.threat],
    ['CVSS', `${formatRange(control.cvss)}, ${control.cvss.by === 'salesforce' ? 'by Salesforce' : 'our estimate'}`],
    ['Higher risk when', control.conditions.filter(({ effect }) => effect === 'raises').map(({ text }) => text)],
    ['Lower risk when', control.conditions.filter(({ effect }) => effect === 'lowers').map(({ text }) => text)],
    ['Risk in practice', control.considerations.risk],
    ['What it costs', control.considerations.business],
    ['How to go about it', control.considerations.guidance],
    ['Contradiction', control.contradiction],
    ['In code', control.remedy.code],
    ['In Setup', setupPlaces(control)],
    ['Permissions needed', permissionsFor(control)],
    ['Applying the remedy', remedyBreaks(control)],
    ['Fields', fieldsOf(control)],
    ['Exceptions', exemptionWords(control)],
    ['Source', control.source],
  ];
  const lines = sections.flatMap(([name, content]) => {
    const texts = content === undefined ? [] : typeof content === 'string' ? [content] : content;
    return texts.length === 0 ? [] : ['', `${name}:`, ...texts.map((text) => `  ${text}`)];
  });
  return [`${control.id}: ${control.title}`, ...lines].join('\n');
}

function fieldText(wanted: string): string | undefined {
  const rows = COMPONENT_TYPES.flatMap(({ name, fields }) =>
    fields
      .filter((field) => matches(`${name}.${field.name}`, wanted) || field.title.toLowerCase() === wanted)
      .map((field) => ({ type: name, field })),
  );
  const judged = CONTROLS.filter((control) => fieldsOf(control).some((name) => matches(name, wanted)));
  if (rows.length === 0 && judged.length === 0) return undefined;
  const names = judged.flatMap((control) => fieldsOf(control).filter((name) => matches(name, wanted)));
  const head =
    rows.length > 0
      ? rows.flatMap(({ type, field }) => [`${type}.${field.name}: ${field.title}`, ...details(type, field)])
      : [...new Set(names)];
  const tail =
    judged.length === 0
      ? ['', 'No control checks this field.']
      : ['', 'Checked by:', ...judged.map((control) => `  ${control.id}: ${control.title}`)];
  return [...head, ...tail].join('\n');
}

/** The whole name, or what stands after the type: `oauthConfig.isPkceRequired` and `isPkceRequired` both do. */
const matches = (name: string, wanted: string): boolean =>
  name.toLowerCase() === wanted || name.toLowerCase().endsWith(`.${wanted}`);

function details(type: string, field: Field): readonly string[] {
  const { kind, since, until, default: fallback } = field;
  const values = kind.kind === 'choice' ? `one of ${kind.values.join(', ')}` : kind.kind;
  const versions = until === undefined ? `since Metadata API ${since}` : `Metadata API ${since} to ${until}`;
  return [
    `  ${componentType(type)?.title ?? type}; ${values}; ${versions}`,
    ...(fallback === undefined ? [] : [`  platform default: ${JSON.stringify(fallback)}`]),
    ...(ROLES[field.role] === undefined ? [`  security: ${directionSentence(field.direction)}`] : []),
    ...impactWords(field.impact),
    ...(ROLES[field.role] === undefined ? [] : [`  ${ROLES[field.role] ?? ''}`]),
  ];
}

/** What `author` means goes without saying. */
const ROLES: Readonly<Partial<Record<Field['role'], string>>> = {
  server: 'set by Salesforce: never sent, never compared',
  command: 'a command, not a setting: no apply sends it',
  secret: 'a secret: never sent, never kept, never shown',
  carried: 'kept in the last line of the description',
};

function impactWords(impact: Field['impact'] = {}): readonly string[] {
  const stated = [
    ['when it becomes true', impact.whenTrue],
    ['when it becomes false', impact.whenFalse],
    ['when it changes', impact.onChange],
  ] as const;
  return stated.flatMap(([when, each]) => {
    if (each === undefined) return [];
    return [`  ${when}: ${impactSentence(each)}`];
  });
}

function unknown(term: string): Diagnostic {
  const names = [
    ...CONTROLS.map(({ id }) => id),
    ...CONTROLS.flatMap(fieldsOf).map((name) => name.split('.').at(-1) ?? name),
  ];
  const all = [...new Set([...names, ...optionNames(), ...Object.keys(CATALOG)])];
  const start = term.trim().toLowerCase();
  // The beginning of a name is a better hint than a name that happens to have similar letters.
  const guess =
    (start.length > 2 ? all.find((name) => name.toLowerCase().startsWith(start)) : undefined) ?? nearest(term, all);
  return diagnose('nothing-to-explain', {
    path: 'explain',
    value: shown(term),
    meant: guess,
  });
}
