import { readdirSync } from 'node:fs';

type Read = (path: string) => string;

/** A page for users, as its first lines introduce it. */
export interface DocPage {
  readonly path: string;
  readonly title: string;
  /** Its first sentence. */
  readonly about: string;
}

/** The pages for users by section, in the order of `docs/pages.json`. */
export function docPages(read: Read): ReadonlyMap<string, readonly DocPage[]> {
  const sections = JSON.parse(read('docs/pages.json')) as Readonly<Record<string, readonly string[]>>;
  return new Map(
    Object.entries(sections).map(([name, pages]) => [name, pages.map((page) => introduced(`docs/${page}.md`, read))]),
  );
}

function introduced(path: string, read: Read): DocPage {
  const text = read(path);
  const [, title = '', paragraph = ''] = /^# (.+)\n\n([\s\S]*?)(?:\n\n|$(?![^]))/m.exec(text) ?? [];
  if (title === '' || !/^[\w`*[(]/.test(paragraph))
    throw new Error(`${path} does not begin with a title and a sentence`);
  return { path, title, about: firstSentence(paragraph) };
}

/** Up to the first full stop that ends a sentence, without links; a colon before a block becomes one. */
export function firstSentence(paragraph: string): string {
  const flat = paragraph.replace(/\s+/g, ' ').replace(/\[([^\]]+)\]\([^)]+\)/g, '$1');
  return /^.+?[.?](?= \W*[A-Z]| `|$)/.exec(flat)?.[0] ?? flat.replace(/:$/, '.');
}

const HEAD = `# cdktf-salesforce-client-apps

> OAuth client apps of a Salesforce org (External Client Apps and Connected Apps) as TypeScript: typed constructs with secure
> defaults, a reviewed plan, apply, drift, audit, and an emulated org to try all of it on.

Agents that run the command read [SKILL.md](SKILL.md) first: what to run, what never to do, and the exit codes.
`;

/** `llms.txt`: every page with its first sentence (https://llmstxt.org). */
export function llmsText(read: Read): string {
  const sections = [...docPages(read)].map(([name, pages]) => {
    const lines = pages.map(({ path, title, about }) => `- [${title}](${path}): ${about}`);
    return `## ${name}\n\n${lines.join('\n')}\n`;
  });
  return [HEAD, ...sections].join('\n');
}

/** Where an example begins that is no program of a CDK. */
const MAIN: Readonly<Record<string, string>> = { 'own-tests': 'clients.test.ts', hcl: 'main.tf' };

/** docs/examples.md: each example by the first sentence of its program. */
export function examplesPage(read: Read): string {
  const rows = readdirSync('examples').map((name) => {
    const path = `examples/${name}/${MAIN[name] ?? 'main.ts'}`;
    const [, comment] = /\/\*\*([\s\S]*?)\*\//.exec(read(path)) ?? [];
    if (comment === undefined) throw new Error(`${path} does not say what it shows`);
    return `- [${name}](../${path}): ${firstSentence(comment.replace(/^ *\* ?/gm, '').trim())}`;
  });
  return `# Examples

Whole programs, each of which a test synthesizes, plans and applies. They come with the package, in
\`node_modules/cdktf-salesforce-client-apps/examples\`, and can be copied as they are.

${rows.join('\n')}
`;
}
