import type { XmlElement } from '../metadata/package/xml';
import type { CheckReport, ControlResult, Place, Places } from './report';

/** A metadata file and the lines on which its elements begin. */
export interface WrittenFile {
  readonly file: string;
  /** Metadata type: `ConnectedApp`. */
  readonly type: string;
  /** Of the root element. */
  readonly line: number;
  /** By path below the root: `oauthConfig.isPkceRequired`. The first of several wins. */
  readonly lines: ReadonlyMap<string, number>;
}

/** The lines of a parsed file. */
export function writtenFile(file: string, type: string, root: XmlElement): WrittenFile {
  const lines = new Map<string, number>();
  const visit = (element: XmlElement, path: string): void => {
    for (const child of element.children) {
      const name = path === '' ? child.name : `${path}.${child.name}`;
      if (!lines.has(name)) lines.set(name, child.line);
      visit(child, name);
    }
  };
  visit(root, '');
  return { file, type, line: root.line, lines };
}

const SILENT: readonly ControlResult['outcome'][] = ['pass', 'not-applicable'];

/** Places for everything a report finds, from the files that the app or org was read from. */
export function placesIn(files: readonly WrittenFile[], header: string, results: CheckReport['results']): Places {
  const main = files.find(({ type }) => type === header) ?? files[0];
  const controls: Record<string, Place> = {};
  for (const result of results) {
    if (SILENT.includes(result.outcome)) continue;
    const place = placeOf(files, result);
    if (place) controls[result.control] = place;
  }
  return { ...(main && { subject: { file: main.file, line: main.line } }), controls };
}

/** The element that says what the control objects to; where nothing is written down, what should contain it. */
function placeOf(files: readonly WrittenFile[], { observed }: ControlResult): Place | undefined {
  const names = observed.flatMap(({ field, state }) => field.split(', ').map((name) => ({ name, state })));
  const written = names.filter(({ state }) => state === 'value').flatMap(({ name }) => exact(files, name));
  return (
    written[0] ?? names.map(({ name }) => nearestTo(files, name)).find((place): place is Place => place !== undefined)
  );
}

function exact(files: readonly WrittenFile[], name: string): readonly Place[] {
  const { type, path } = split(name);
  const file = files.find((each) => each.type === type);
  const line = file?.lines.get(path);
  return file && line !== undefined ? [{ file: file.file, line }] : [];
}

function nearestTo(files: readonly WrittenFile[], name: string): Place | undefined {
  const { type, path } = split(name);
  const file = files.find((each) => each.type === type);
  if (!file) return undefined;
  for (let at = path; at !== ''; at = at.includes('.') ? at.slice(0, at.lastIndexOf('.')) : '') {
    const line = file.lines.get(at);
    if (line !== undefined) return { file: file.file, line };
  }
  return { file: file.file, line: file.line };
}

function split(name: string): { readonly type: string; readonly path: string } {
  const dot = name.indexOf('.');
  return { type: name.slice(0, dot), path: name.slice(dot + 1) };
}
