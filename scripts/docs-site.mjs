// `npm run docs`: the documents and the reference of the public API, as a site that works from the disk, search included.
// TypeDoc renders both. It checks links, and that everything public has a docstring; a warning fails. Argument: the folder
// to write to (default: build/site).
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';

import { Application, IndexEvent, JSX, KindRouter, OptionDefaults, PageEvent, ReflectionKind } from 'typedoc';

import { accessiblePage, STYLE } from './accessible-page.mjs';

const out = resolve(process.argv[2] ?? 'build/site');
/** Copies of the documents for TypeDoc, laid out as in the repository, each with its title and its place on the site. */
const staged = `${out}.pages`;
const read = (path) => readFileSync(path, 'utf8');
const { name: ours, version, engines } = JSON.parse(read('package.json'));
/** What users import, by the source that it is made of. */
const ENTRIES = {
  'constructs/index.ts': ours,
  'constructs/testing.ts': `${ours}/testing`,
  'lib/executor.ts': `${ours}/executor`,
};

/** What becomes a page of its own, with the code on it. */
const PROGRAM = /\.(?:ts|tf)$/;
const named = (folder, pattern) =>
  readdirSync(folder, { recursive: true })
    .map((name) => `${folder}/${name}`)
    .filter((path) => pattern.test(path))
    .sort();
const sections = Object.entries(JSON.parse(read('docs/pages.json')));
const pages = [
  ...sections.flatMap(([group, names]) => names.map((name) => [group, `docs/${name}.md`])),
  ...named('examples', PROGRAM).map((path) => ['Examples', path]),
  ...['SKILL', 'CHANGELOG', 'SECURITY', 'CONTRIBUTING', 'ARCHITECTURE', 'lib/emulator/COVERAGE'].map((name) => [
    'Project',
    `${name}.md`,
  ]),
  ...named('docs/decisions', /\.md$/).map((path) => ['Decisions', path]),
];

/** Title and text. A program becomes a page of its own; TypeDoc takes no document that is not Markdown. */
function pageOf(path) {
  const text = read(path).replace(/^---\n[^]*?\n---\n/, '');
  const language = { '.ts': 'ts', '.tf': 'hcl' }[extname(path)];
  if (language) {
    const title = path.replace('examples/', '');
    return [title, `# ${title}\n\n\`\`\`${language}\n${text}\`\`\`\n`];
  }
  const [, title] = /^# (.+)\n/m.exec(text);
  return [title.replaceAll('`', ''), text];
}

function stage(path, text) {
  const file = join(staged, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text.replace(/(\]\([^)\s]*examples\/[^)\s]*\.(?:ts|tf))\)/g, '$1.md)'));
  return file;
}

for (const folder of [out, staged]) rmSync(folder, { recursive: true, force: true });
const files = pages.map(([group, path]) => {
  const [title, text] = pageOf(path);
  const head = `---\ntitle: ${JSON.stringify(title)}\ngroup: ${group}\npath: ${path.replace(/\.\w+$/, '')}\n---\n\n`;
  return stage(PROGRAM.test(path) ? `${path}.md` : path, head + text);
});
const style = join(staged, 'style.css');
writeFileSync(style, STYLE);
for (const name of ['LICENSE', 'registry', 'schemas']) cpSync(name, join(staged, name), { recursive: true });

const app = await Application.bootstrapWithPlugins({
  name: ours,
  includeVersion: true,
  entryPoints: Object.keys(ENTRIES),
  tsconfig: 'tsconfig.build.json',
  // The build has looked.
  skipErrorChecking: true,
  // The site writes its name above the first page itself.
  readme: stage('README.md', read('README.md').replace(/^# .+\n/, '')),
  projectDocuments: files,
  customCss: style,
  disableSources: true,
  router: 'as-in-the-repository',
  blockTags: [...OptionDefaults.blockTags, '@limit', '@source', '@unit'],
  navigation: { includeGroups: true },
  groupOrder: [...sections.map(([name]) => name), 'Modules', 'Examples', 'Project', 'Decisions', '*'],
  sortEntryPoints: false,
  sort: ['source-order'],
  searchInComments: true,
  searchInDocuments: true,
  // Who searches for a word wants the page about it before each option that mentions it.
  searchGroupBoosts: Object.fromEntries(sections.map(([group]) => [group, 30])),
  markdownItOptions: { html: true, linkify: false },
  highlightLanguages: [...OptionDefaults.highlightLanguages, 'hcl', 'python', 'sh', 'toml', 'xml', 'yaml'],
  requiredToBeDocumented: ['Class', 'Interface', 'Function', 'Method', 'Variable', 'TypeAlias', 'Accessor', 'Enum'],
  // Types that are named but not exported are seen in the API reports (test/package/api).
  validation: { notExported: false, notDocumented: true, invalidLink: true, invalidPath: true, rewrittenLink: true },
  logLevel: 'Warn',
});

/** `docs/start.md` is `docs/start.html`, whatever its title. */
class Router extends KindRouter {
  getIdealBaseName(reflection) {
    return reflection.isDocument() ? reflection.frontmatter.path : super.getIdealBaseName(reflection);
  }
}
app.renderer.defineRouter('as-in-the-repository', Router);
app.renderer.hooks.on('footer.begin', () =>
  JSX.createElement('p', null, `Version ${version}, for Node ${engines.node.replace('>=', '')} or newer.`),
);

app.renderer.on(PageEvent.END, (page) => {
  if (page.contents) page.contents = accessiblePage(page.contents);
});

/** Words of readers that a page does not use, by its path; found as its headings are. */
const OTHER_WORDS = {
  'docs/start': 'getting started, tutorial, setup',
  'docs/plan': 'impact, breaking changes, affected clients, preview, dry run',
  'docs/undo': 'rollback, roll back, revert, restore',
  'docs/ci': 'continuous integration, delivery',
};

// A page is found by its headings before one that only mentions the word.
app.renderer.on(IndexEvent.PREPARE_INDEX, (index) => {
  index.searchFieldWeights.headings = 5;
  for (const [at, reflection] of index.searchResults.entries()) {
    if (!reflection.isDocument()) continue;
    const text = reflection.content.map((part) => part.text).join('');
    const headings = text.match(/^#{2,4} .+$|^\*\*.+\?\*\*/gm) ?? [];
    index.searchFields[at] = {
      ...index.searchFields[at],
      headings: [...headings, OTHER_WORDS[reflection.frontmatter.path] ?? ''].join('\n'),
    };
  }
});

/** Also what classes and interfaces hold; the members of a literal are explained where the literal is. */
function undocumentedMembers(project) {
  const owners = project.getReflectionsByKind(ReflectionKind.ClassOrInterface);
  for (const member of owners.flatMap(({ children = [] }) => children)) {
    const documented = (member.signatures ?? [member.getSignature ?? member]).every((each) => each.hasComment());
    const inherited = member.inheritedFrom !== undefined && member.inheritedFrom.reflection === undefined;
    if (!documented && !inherited && !member.flags.isPrivate)
      app.logger.warn(`${member.getFullName()} has no docstring`);
  }
}

const project = await app.convert();
if (!project) process.exit(1);
const modules = project.children.filter((child) => !child.isDocument());
for (const [at, name] of Object.values(ENTRIES).entries()) modules[at].name = name;
app.validate(project);
undocumentedMembers(project);
await app.generateDocs(project, out);
rmSync(staged, { recursive: true, force: true });
// Agents read the sources of the pages.
cpSync('llms.txt', join(out, 'llms.txt'));
for (const path of ['SKILL.md', ...sections.flatMap(([, names]) => names.map((name) => `docs/${name}.md`))])
  cpSync(path, join(out, path));
process.exitCode = app.logger.hasErrors() || app.logger.hasWarnings() ? 1 : 0;
