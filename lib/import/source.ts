import type { ClientKind } from '../declaration/client-app';
import { DEFAULT_API_VERSION } from '../metadata/api-version';
import { filesIn, parts } from '../options/expression';
import { ROWS } from '../options/table';
import type { CdkName } from '../values/cdk';
import { visible } from '../values/visible';
import type { AppSource, Hardening, ImportedOrg, NotDeclared, ProgramFile } from './model';
import { stackOf } from './model';
import { Names } from './names';
import { notDeclaredText, notesOf } from './notes';
import { comment, member, stringLiteral, WIDTH } from './print';

const CLASSES: Readonly<Record<ClientKind, string>> = {
  private: 'PrivateClientApp',
  public: 'PublicClientApp',
  machine: 'MachineApp',
};

const LIBRARY = 'cdktf-salesforce-client-apps';

/** Apps that one file holds at most. */
const MOST_IN_ONE_FILE = 12;

export interface Program {
  readonly orgs: readonly ImportedOrg[];
  readonly apps: readonly AppSource[];
  readonly hardenings: readonly Hardening[];
  readonly notDeclared: readonly NotDeclared[];
  readonly expires: string;
  readonly cdk: CdkName;
  /** How people decide the kind of an app. Default: as an import asks for it. */
  readonly decide?: string;
}

/** The program as files: one, or one for each app where it gets long or where several orgs share the apps. */
export function filesOf(program: Program): readonly ProgramFile[] {
  const { orgs, apps } = program;
  const certificates = apps.flatMap(certificateFiles);
  return orgs.length === 1 && apps.length <= MOST_IN_ONE_FILE
    ? [...oneFile(program), ...certificates]
    : [...severalFiles(program), ...certificates];
}

/** Public certificates that the org returned. */
const certificateFiles = ({ stated }: AppSource): readonly ProgramFile[] =>
  [...stated.values()]
    .flatMap(filesIn)
    .flatMap(({ path, file }) => ('text' in file ? [{ path, text: file.text }] : []));

const OWNERSHIP =
  'The first apply takes these apps over: it adds a line to the description of each that says who manages it. Whatever ' +
  'else it changes is announced where it happens, by a comment that begins with "In"; what no option states stays as ' +
  'it is in the org.';

const FROM_FILES =
  'No org was read for this program: differences between the org and the files are changed as well, and the plan shows them.';

function oneFile(program: Program): readonly ProgramFile[] {
  const names = new Names();
  const body = program.orgs.flatMap((org) => {
    const variable = names.identifier(org.name);
    return [
      ...orgLines(org, variable, program.apps),
      ...program.apps.flatMap((app) => ['', ...appLines(app, program, variable, names.identifier(app.apiName))]),
    ];
  });
  return [{ path: 'clients.ts', text: clientsFile(program, body, importsOf(program.apps), []) }];
}

function severalFiles(program: Program): readonly ProgramFile[] {
  const names = new Names();
  const files = new Names();
  const variables = new Map(program.orgs.map((org) => [org, names.identifier(org.name)] as const));
  const made = program.apps.map((app) => ({
    app,
    use: names.identifier(app.apiName),
    file: `apps/${files.file(app.apiName)}`,
  }));
  const body = [...variables].flatMap(([org, variable], index) => {
    const calls = made
      .filter(({ app }) => app.found.some((each) => each.org === org))
      .map(({ use }) => `  ${use}(${variable});`);
    return [...(index === 0 ? [] : ['']), ...orgLines(org, variable, program.apps), ...calls];
  });
  const imports = made.map(({ use, file }) => `import { ${use} } from './${file}.js';`);
  return [
    { path: 'clients.ts', text: clientsFile(program, body, [], imports) },
    ...made.map(({ app, use, file }) => ({ path: `${file}.ts`, text: appFile(app, program, use) })),
  ];
}

/**
 * One app alone, with what it imports: to be put into a program that is there already.
 * @param remarks Comments in front of it.
 */
export function snippetOf(app: AppSource, expires: string, remarks: readonly string[]): string {
  const program: Program = {
    ...{ orgs: app.found.map(({ org }) => org), apps: [app], hardenings: [], notDeclared: [], expires, cdk: 'cdktf' },
    decide: '--kind private, public or machine',
  };
  const body = appLines(app, program, 'org', new Names().identifier(app.apiName)).map((each) =>
    each.replace(/^ {2}/, ''),
  );
  return lines([...importLines(importsOf([app])), '', ...remarks, ...body]);
}

function clientsFile(
  program: Program,
  body: readonly string[],
  used: readonly string[],
  apps: readonly string[],
): string {
  return lines([
    `import { type App, TerraformStack } from '${program.cdk}';`,
    ...importLines([...used, 'SalesforceOrg']),
    ...(apps.length > 0 ? ['', ...apps] : []),
    '',
    ...comment(OWNERSHIP, ''),
    ...(program.orgs.some(({ identity }) => !identity) ? comment(FROM_FILES, '') : []),
    'export function declareClients(app: App): void {',
    ...body,
    '}',
    ...leftAlone(program),
  ]);
}

function appFile(app: AppSource, program: Program, use: string): string {
  return lines([
    ...importLines([...importsOf([app]), 'type SalesforceOrg']),
    '',
    `export function ${use}(org: SalesforceOrg): void {`,
    ...appLines(app, program, 'org', 'app'),
    '}',
  ]);
}

const lines = (all: readonly string[]): string => `${all.join('\n')}\n`;

function orgLines(
  { name, identity, apiVersion }: ImportedOrg,
  variable: string,
  apps: readonly AppSource[],
): readonly string[] {
  const stack = `new TerraformStack(app, ${stringLiteral(stackOf(name))})`;
  const props = [
    ...(identity ? [`orgId: ${stringLiteral(identity.orgId)}`] : []),
    ...(apiVersion === DEFAULT_API_VERSION ? [] : [`apiVersion: ${apiVersion}`]),
  ].join(', ');
  const id = props === '' ? '' : `, { ${props} }`;
  const isUsed = apps.some(({ found }) => found.some(({ org }) => org.name === name));
  const headless = apps.some(
    ({ stated, found }) => stated.has('codeAndCredentials') && found.some(({ org }) => org.name === name),
  );
  return [
    `  ${isUsed ? `const ${variable} = ` : ''}new SalesforceOrg(${stack}, ${stringLiteral(name)}${id});`,
    ...(headless ? [`  ${variable}.assumes({ codeAndCredentialsFlow: true });`] : []),
  ];
}

/** `constructs` keeps children in an object, in which it finds what every object has: `constructor` is taken. */
const constructId = (apiName: string): string => (apiName in Object.prototype ? `${apiName}-app` : apiName);

/** One app: what is known of its kind, its options with their comments, its exemptions. */
function appLines(
  app: AppSource,
  { hardenings, expires, decide }: Program,
  org: string,
  variable: string,
): readonly string[] {
  const own = hardenings.filter((each) => each.app === app.apiName && each.platform === app.platform);
  const options = ROWS.flatMap(({ name }) => {
    const value = app.stated.get(name);
    return [...notesOf(name, app, own, '    '), ...(value ? member(name, value, '    ').split('\n') : [])];
  });
  const result = app.exemptions.length > 0 ? `const ${variable} = ` : '';
  const id = constructId(app.apiName);
  const named = id === app.apiName ? [] : [`    apiName: ${stringLiteral(app.apiName)},`];
  const head = `  ${result}new ${CLASSES[app.kind]}(${org}, ${stringLiteral(id)}, {`;
  const made =
    head.length <= WIDTH
      ? [head, ...named, ...options, '  });']
      : [
          `  ${result}new ${CLASSES[app.kind]}(`,
          `    ${org},`,
          `    ${stringLiteral(id)},`,
          '    {',
          ...[...named, ...options].map((line) => `  ${line}`),
          '    },',
          '  );',
        ];
  return [
    ...kindNote(app, decide),
    ...notesOf(undefined, app, own, '  '),
    ...made,
    ...app.exemptions.flatMap((control) => exemptionLines(control, org, variable, expires)),
  ];
}

function exemptionLines(control: string, org: string, variable: string, expires: string): readonly string[] {
  return [
    ...comment(
      `The app violates ${control} as it is: synth refuses it until someone has written a reason and an approver.`,
      '  ',
    ),
    `  ${org}.exempt(${variable}, ${stringLiteral(control)}, {`,
    `    reason: '',`,
    `    approvedBy: '',`,
    `    expires: ${stringLiteral(expires)},`,
    '  });',
  ];
}

/** What an inferred kind rests on; what someone stated needs no reason. */
function kindNote(
  { kind, apiName, verdict }: AppSource,
  how = `client-apps import --kind ${apiName}=private, public or machine`,
): readonly string[] {
  const { confidence, evidence } = verdict;
  if (confidence === 'stated' || confidence === 'declared') return [];
  const because = evidence.map((each) => `${each.kind}: ${visible(each.because)}`).join('; ');
  const text =
    because === ''
      ? `Nothing shows what kind of client this is; ${kind} is assumed.`
      : verdict.kind === 'unclassified'
        ? `It is not clear what kind of client this is (${because}); ${kind} is assumed.`
        : `Kind ${kind}, with ${confidence} confidence (${because}).`;
  const decide = confidence === 'high' ? '' : ` To set it: ${how}.`;
  return comment(`${text}${decide}`, '  ');
}

/** The names of the library that the options use. */
const importsOf = (apps: readonly AppSource[]): readonly string[] => [
  ...apps.map(({ kind }) => CLASSES[kind]),
  ...apps.flatMap(({ stated }) =>
    [...stated.values()]
      .flatMap(parts)
      .flatMap((each) => (each.is === 'call' || each.is === 'name' ? [each.name.split('.')[0] ?? ''] : [])),
  ),
];

function importLines(names: readonly string[]): readonly string[] {
  const bare = (name: string): string => name.replace(/^type /, '');
  const sorted = [...new Set(names)].sort((a, b) => (bare(a) < bare(b) ? -1 : 1));
  const flat = `import { ${sorted.join(', ')} } from '${LIBRARY}';`;
  return flat.length <= WIDTH ? [flat] : ['import {', ...sorted.map((name) => `  ${name},`), `} from '${LIBRARY}';`];
}

/** What the program leaves out, and why. */
function leftAlone({ orgs, notDeclared }: Program): readonly string[] {
  if (notDeclared.length === 0) return [];
  return [
    '',
    ...comment('Not declared here, and not touched:', ''),
    ...notDeclared.flatMap((each) =>
      comment(`- ${orgs.length > 1 ? `${each.org}: ` : ''}${notDeclaredText(each)}`, ''),
    ),
  ];
}
