import type { Gap, Hardening, ImportedProgram, NotDeclared } from '../import/model';
import { changeText } from '../import/notes';
import type { UnreadFile } from '../operations/source-files';
import { visible } from '../values/visible';
import { wrap } from '../values/wrap';

/** What an import wrote, and what a person has to know of it. */
export interface ImportReport {
  readonly program: ImportedProgram;
  /** Files of a source that could not be read. */
  readonly unread: readonly UnreadFile[];
  /** Where the program stands, as people type it. */
  readonly folder: string;
  readonly orgs: readonly string[];
}

/** As text: files, changes of the first apply, what is missing, what is not declared, and the next command. */
export function importText(report: ImportReport): string {
  const { program, folder } = report;
  return [
    `Wrote ${importedApps(report)} to ${visible(folder)}: ${program.files.map(({ path }) => visible(path)).join(', ')}`,
    ...importLines(report),
    '',
    'Next: have main.ts call declareClients(app), as client-apps init writes it, and run',
    '  npx client-apps plan',
    '',
  ].join('\n');
}

/** `12 apps of prod`. */
export const importedApps = ({ program, orgs }: ImportReport): string =>
  `${program.apps.length} ${program.apps.length === 1 ? 'app' : 'apps'} of ${orgs.map(visible).join(', ')}`;

/** What a person has to know of the program before its first apply. */
export function importLines(report: ImportReport): readonly string[] {
  const { program, orgs } = report;
  const several = orgs.length > 1;
  return [
    ...changes(program, several),
    ...section(
      'To do before it',
      program.gaps.map((gap) => gapLine(gap)),
    ),
    ...section(
      'Not declared',
      program.not_declared.map((each) => notDeclaredLine(each, several)),
    ),
    ...section(
      'Not read, and so not evaluated',
      report.unread.map(({ path, reason }) => `${path}: ${reason}`),
    ),
  ];
}

const WIDTH = 120;

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', `${title}:`, ...lines.flatMap((text) => wrap(`  ${visible(text)}`, WIDTH))];

/** What the plan of the program is going to show, in its own words. */
const changes = ({ hardenings, apps }: ImportedProgram, several: boolean): readonly string[] =>
  hardenings.length === 0 && apps.length > 0
    ? ['', 'The first apply adds the line that says who manages them to their descriptions, and changes nothing else.']
    : section('The first apply changes', hardeningLines(hardenings, several));

const hardeningLines = (hardenings: readonly Hardening[], several: boolean): readonly string[] =>
  hardenings.map(({ org, app, change }) => `${several ? `${org}/` : ''}${app}: ${changeText(change)}`);

const gapLine = ({ org, app, problem, remedy }: Gap): string =>
  `${org === undefined ? '' : `${org}/`}${app}: ${problem.replace(/\.$/, '')}. To do: ${remedy}`;

const notDeclaredLine = ({ org, app, state, reason }: NotDeclared, several: boolean): string =>
  `${several ? `${org}/` : ''}${app ?? '(names not known)'}, ${state}: ${reason}`;
