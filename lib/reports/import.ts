import type { ImportBlocks } from '../import/hcl';
import type { Gap, Hardening, ImportedProgram, NotDeclared } from '../import/model';
import { changeText } from '../import/notes';
import type { UnreadFile } from '../operations/source-files';
import { groupBy } from '../values/group-by';
import { plural } from '../values/plural';
import { visible } from '../values/visible';
import { wrap } from '../values/wrap';
import { togetherByFlag } from './diagnostic-lines';

/** What an import wrote, and what a person has to know of it. */
export interface ImportReport {
  readonly program: ImportedProgram;
  /** Files of a source that could not be read. */
  readonly unread: readonly UnreadFile[];
  /** Where the program stands, as people type it. */
  readonly folder: string;
  readonly orgs: readonly string[];
  /** Files were read, and no org. */
  readonly fromFiles: boolean;
}

/** As text: files, changes of the first apply, what is missing, what is not declared, and the next command. */
export function importText(report: ImportReport): string {
  const { program, folder } = report;
  return [
    `Wrote ${importedApps(report)} to ${visible(folder)}: ${filesText(program)}`,
    ...importLines(report),
    '',
    'Next: have main.ts call declareClients(app), as client-apps init writes it, and run',
    '  npx client-apps plan',
    '',
  ].join('\n');
}

/** What `--hcl` wrote, and the commands that go on from there. */
export function importBlocksText({
  blocks,
  orgs,
  folder,
  unread,
}: Pick<ImportReport, 'orgs' | 'folder' | 'unread'> & { readonly blocks: ImportBlocks }): string {
  return [
    `Wrote import blocks for ${plural(blocks.apps, 'app')} of ${orgs.map(visible).join(', ')} to ${visible(`${folder}/${blocks.file.path}`)}`,
    ...notImported(blocks.not_declared, false),
    ...unreadLines(unread),
    '',
    'Next: have Terraform write the resources, and read its warnings',
    '  terraform plan -generate-config-out=apps.tf',
    '',
  ].join('\n');
}

/** Each file beside `clients.ts` is in a folder: `clients.ts, apps/ (47 files)`. */
function filesText({ files }: ImportedProgram): string {
  const paths = files.map(({ path }) => path);
  return [...groupBy(paths, (path) => /^[^/]+\//.exec(path)?.[0] ?? path)]
    .map(([folder, own]) => (own.length > 3 ? `${folder} (${own.length} files)` : own.join(', ')))
    .map(visible)
    .join(', ');
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
    ...(report.fromFiles && program.apps.length > 0
      ? [
          '',
          'No org was read: differences between the org and these files are changed as well, and the plan shows them.',
        ]
      : []),
    ...section(
      'To do before the first apply',
      together(program.gaps.map((gap) => ({ who: nameOf(gap, several), app: gap.app, says: gapText(gap) }))),
    ),
    ...consentLines(program.gaps),
    ...notImported(program.not_declared, several),
    ...unreadLines(report.unread),
  ];
}

const notImported = (all: readonly NotDeclared[], several: boolean): readonly string[] =>
  section(
    'Not declared',
    together(
      all.map((each) => ({
        who: nameOf(each, several),
        app: each.app ?? '',
        says: each.state === 'not declared' ? each.reason : `${each.state}: ${each.reason}`,
      })),
    ),
  );

const unreadLines = (unread: readonly UnreadFile[]): readonly string[] =>
  section(
    'Not read, and so not evaluated',
    unread.map(({ path, reason }) => `${path}: ${reason}`),
  );

const WIDTH = 120;

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', `${title}:`, ...lines.flatMap((text) => wrap(`  ${visible(text)}`, WIDTH))];

/** What the plan of the program is going to show, in its own words. */
function changes({ hardenings, apps, gaps }: ImportedProgram, several: boolean): readonly string[] {
  if (hardenings.length > 0 || apps.length === 0) {
    return section('The first apply changes', hardeningLines(hardenings, several));
  }
  if (apps.every(({ managed_by: owner }) => owner !== undefined)) {
    return ['', 'All of these apps are already managed as code: an apply of this program changes nothing.'];
  }
  return [
    '',
    `${gaps.length > 0 ? 'Apart from the steps listed below, the' : 'The'} first apply adds the line that says who manages`,
    'them to the descriptions of the apps, and changes nothing else.',
  ];
}

const hardeningLines = (hardenings: readonly Hardening[], several: boolean): readonly string[] =>
  together(hardenings.map((each) => ({ who: nameOf(each, several), app: each.app, says: changeText(each.change) })));

const gapText = ({ problem, remedy }: Gap): string => `${problem.replace(/\.$/, '')}. To do: ${remedy}`;

const nameOf = ({ org, app }: { readonly org?: string; readonly app?: string }, several: boolean): string =>
  `${several && org !== undefined ? `${org}/` : ''}${app ?? '(names not known)'}`;

interface Said {
  readonly who: string;
  readonly app: string;
  readonly says: string;
}

/** What is the same for several apps is said once; where a flag takes the app, each of them is meant. */
function together(all: readonly Said[]): readonly string[] {
  const groups = groupBy(all, ({ app, says }) => says.replace(FLAG, asked(app, 'with their names')));
  return [...groups].map(([same, [first, ...others]]) =>
    others.length === 0
      ? `${first.who}: ${first.says}`
      : `${[first, ...others].map(({ who }) => who).join(', ')}: ${same}`,
  );
}

/** `--adopt Portal`, which a remedy says of the app that it is about. */
const FLAG = /(--[a-z-]+) (\w+)/g;
const asked =
  (app: string, instead: string) =>
  (whole: string, flag: string, name: string): string =>
    name === app ? `${flag} ${instead}` : whole;

/** Not broken, so that it can be copied. */
const consentLines = (gaps: readonly Gap[]): readonly string[] =>
  togetherByFlag(
    gaps.flatMap(({ app, remedy }) =>
      [...remedy.matchAll(FLAG)].flatMap(([, flag = '', name]) => (name === app ? [{ flag, name }] : [])),
    ),
  ).map((text) => `  ${text}`);
