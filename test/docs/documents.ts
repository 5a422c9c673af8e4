import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(__dirname, '../..');

/** A fenced block of a document. */
export interface Block {
  readonly language: string;
  readonly text: string;
}

/** A Markdown document of the repository. */
export interface Document {
  /** Path from the root. */
  readonly path: string;
  readonly text: string;
  readonly blocks: readonly Block[];
  /** Text between single back quotes, outside of blocks. */
  readonly spans: readonly string[];
  /** Targets of links, as written. */
  readonly links: readonly string[];
  /** Anchors that its headings make, and those that it sets. */
  readonly anchors: ReadonlySet<string>;
}

const OUTPUT = new Set(['node_modules', 'dist', 'coverage', 'cdktf.out', 'build']);

/** Every file that belongs to the repository, by path from the root. */
export function repositoryFiles(folder = ''): readonly string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (!entry.isDirectory()) return /\.(tgz|tfstate|tsbuildinfo)$/.test(entry.name) ? [] : [path];
    const isOurs = !OUTPUT.has(entry.name) && (!entry.name.startsWith('.') || entry.name === '.ci');
    return isOurs ? repositoryFiles(path) : [];
  });
}

/** As GitHub makes anchors of headings. */
function anchorOf(title: string): string {
  const kept = title.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '');
  return kept.replaceAll(' ', '-');
}

export const documents: readonly Document[] = repositoryFiles()
  .filter((path) => path.endsWith('.md') && !path.endsWith('.api.md'))
  .map((path) => parse(path, readFileSync(join(ROOT, path), 'utf8')));

export function document(path: string): Document {
  const found = documents.find((each) => each.path === path);
  if (!found) throw new Error(`there is no document ${path}`);
  return found;
}

export function parse(path: string, text: string): Document {
  const blocks: Block[] = [];
  // One in a list stands deeper, with all its lines.
  const fence = /^( *)```(\w*)\n([\s\S]*?)^\1```$/gm;
  const prose = text.replace(fence, (_, margin: string, language: string, content: string) => {
    blocks.push({ language, text: content.replaceAll(new RegExp(`^${margin}`, 'gm'), '') });
    return '';
  });
  const spans = [...prose.matchAll(/`([^`]+)`/g)].map(([, span]) => (span ?? '').replace(/\s+/g, ' '));
  const bare = prose.replace(/`[^`]*`/g, '``');
  const links = [...bare.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target ?? '');
  const headings = [...prose.matchAll(/^#+ (.+)$/gm)].map(([, title]) => anchorOf(title ?? ''));
  const named = [...prose.matchAll(/<a id="([^"]+)"><\/a>/g)].map(([, id]) => id ?? '');
  return { path, text, blocks, spans, links, anchors: new Set([...headings, ...named]) };
}

export const exists = (path: string): boolean => existsSync(join(ROOT, path));

/** Lines of shell in the document, continuation lines joined, comments and prompts cut off. */
export const shellLines = ({ blocks }: Document): readonly string[] =>
  blocks
    .filter(({ language }) => language === 'sh' || language === 'yaml')
    .flatMap(({ text }) => text.replace(/\\\n\s*/g, '').split('\n'))
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
    .filter((line) => line !== '');
