import type { XmlElement } from '../../lib/metadata/package/xml';

/** What Jenkins' junit-10.xsd lets each element have; `!` marks what it demands. */
const ALLOWED: Readonly<
  Record<string, { readonly attributes: readonly string[]; readonly children: readonly string[] }>
> = {
  testsuites: { attributes: ['name', 'time', 'tests', 'failures', 'errors'], children: ['testsuite'] },
  testsuite: {
    attributes: ['name!', 'tests!', 'failures', 'errors', 'skipped', 'time', 'file'],
    children: ['properties', 'testcase', 'system-out'],
  },
  properties: { attributes: [], children: ['property'] },
  property: { attributes: ['name!', 'value!'], children: [] },
  testcase: {
    attributes: ['name!', 'classname', 'time', 'file', 'line'],
    children: ['failure', 'error', 'skipped', 'system-out'],
  },
  error: { attributes: ['type', 'message'], children: [] },
  'system-out': { attributes: [], children: [] },
  failure: { attributes: ['type', 'message'], children: [] },
  skipped: { attributes: ['type', 'message'], children: [] },
};

/** What the schema objects to; a test expects nothing. */
export function junitProblems(element: XmlElement): readonly string[] {
  const allowed = ALLOWED[element.name];
  if (!allowed) return [`<${element.name}> is unknown`];
  const known = allowed.attributes.map((name) => name.replace('!', ''));
  const needed = allowed.attributes.filter((name) => name.endsWith('!')).map((name) => name.slice(0, -1));
  return [
    ...Object.keys(element.attributes)
      .filter((name) => !known.includes(name))
      .map((name) => `${element.name} has ${name}`),
    ...needed.filter((name) => element.attributes[name] === undefined).map((name) => `${element.name} lacks ${name}`),
    ...element.children
      .filter(({ name }) => !allowed.children.includes(name))
      .map(({ name }) => `<${name}> is misplaced`),
    ...element.children.flatMap(junitProblems),
  ];
}
