import { flagsFor, namesByFlag } from './consent-flags';
import type { Diagnostic } from './diagnostic-shape';
import { groupBy } from './group-by';

/** A problem of one place, or of several, which `where` names then, each with its line of code. */
export type SaidOnce = Diagnostic & { readonly where?: string };

/** Problems that differ in nothing but the place and the name of its app are one, with every place, in the order of the list. */
export function saidOnce(diagnostics: readonly Diagnostic[]): readonly SaidOnce[] {
  const groups = groupBy(diagnostics, (diagnostic) => {
    const { path: _path, declaredAt: _declaredAt, ...words } = general(diagnostic);
    return JSON.stringify(words);
  });
  return [...groups.values()].map(together);
}

function together(group: readonly [Diagnostic, ...Diagnostic[]]): SaidOnce {
  const [first] = group;
  const paths = [...new Set(group.map(({ path }) => path))];
  if (paths.length === 1) return first;
  const { declaredAt, ...said } = general(first);
  const shared = commonFolder(paths);
  const lines = new Set(group.map((each) => each.declaredAt));
  const places = group.map((each) => {
    const name = each.path.slice(shared.length);
    return lines.size > 1 && each.declaredAt !== undefined ? `${name} (${each.declaredAt})` : name;
  });
  const names = [...new Set(group.map(subjectOf))].join(',');
  return {
    ...said,
    path: `${shared === '' ? '' : `${shared.slice(0, -1)}: `}${paths.length} ${nounOf(said)}`,
    remedy: said.remedy.replaceAll(ANY, () => names),
    where: [...new Set(places)].join(', '),
    ...(lines.size === 1 && declaredAt !== undefined && { declaredAt }),
  };
}

/** A path may also be that of a file, an org or a record beside the apps. */
const nounOf = ({ path, problem }: Diagnostic): string =>
  path.split('/').length > 2 && /^each |\bapps?\b/.test(problem) ? 'apps' : 'places';

/** What all paths begin with, up to a slash. */
function commonFolder([first = '', ...others]: readonly string[]): string {
  const ends = [...first.matchAll(/\//g)].map(({ index }) => first.slice(0, index + 1)).reverse();
  return ends.find((folder) => others.every((path) => path.startsWith(folder))) ?? '';
}

/** Stands for the name of an app in a remedy; no app can be called so. */
const ANY = '<app>';

/** The diagnostic without the name of the app that it is about, where the sentence is one for several apps then. */
function general(diagnostic: Diagnostic): Diagnostic {
  const { code, problem, remedy } = diagnostic;
  const name = subjectOf(diagnostic);
  const unnamed = [' ', ','].reduce((text, end) => text.replace(`named ${name}${end}`, `of its name${end}`), problem);
  return {
    ...diagnostic,
    problem: problem.startsWith(`${name} `) ? `each${problem.slice(name.length)}` : unnamed,
    remedy: flagsFor(code).reduce((text, flag) => text.replace(`${flag} ${name}`, () => `${flag} ${ANY}`), remedy),
  };
}

/** The API name that a flag of the remedy is to be given; else the last part of the path. */
const subjectOf = (diagnostic: Diagnostic): string =>
  namesByFlag(diagnostic)[0]?.name.split(',')[0] ?? diagnostic.path.slice(diagnostic.path.lastIndexOf('/') + 1);
