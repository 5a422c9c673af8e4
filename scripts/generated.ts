import { coverageMarkdown } from '../lib/emulator/coverage';
import { secureDefaultsOfOptions } from '../lib/options/table';
import { CONTROLS_DOC_PATH, controlsDoc } from '../lib/reports/controls-doc';
import { apiReports } from './api-report';
import { commandReference } from './command-reference';
import { defaultsTable } from './defaults-table';
import { examplesPage, llmsText } from './doc-pages';
import { errorReference } from './error-reference';
import { fieldReference } from './field-reference';
import { jsonSchemas } from './json-schemas';
import { optionDocs } from './option-docs';
import { optionReference } from './option-reference';
import { pageAssets } from './page-assets';
import { registryDocs } from './registry-docs';
import { safetyTable } from './safety-table';
import { settingsTable } from './settings-table';

/** Replaces what stands between `<!-- generated:NAME -->` and `<!-- /generated:NAME -->`. Throws where a marker lacks. */
export function between(document: string, name: string, content: string): string {
  const [open, close] = [`<!-- generated:${name} -->`, `<!-- /generated:${name} -->`];
  const [start, end] = [document.indexOf(open), document.indexOf(close)];
  if (start < 0 || end < start) throw new Error(`there are no markers ${open} and ${close}`);
  return `${document.slice(0, start + open.length)}\n\n${content}\n\n${document.slice(end)}`;
}

const inFence = (language: string, text: string): string => `\`\`\`${language}\n${text}\`\`\``;

/** Every file that is generated or has a generated part, as it should be now, by path. */
export function generatedFiles(read: (path: string) => string): ReadonlyMap<string, string> {
  const schemas = [...jsonSchemas()].map(([name, text]) => [`schemas/${name}`, text] as const);
  const files = new Map([
    ...schemas,
    ...apiReports(),
    ...registryDocs(read),
    ['docs/ci.md', between(read('docs/ci.md'), 'workflow', inFence('yaml', read('templates/github.yml')))],
    ['docs/configuration.md', between(read('docs/configuration.md'), 'settings', settingsTable())],
    [
      'docs/secure-defaults.md',
      between(read('docs/secure-defaults.md'), 'defaults', defaultsTable(secureDefaultsOfOptions())),
    ],
    ['docs/safety.md', between(read('docs/safety.md'), 'safety', safetyTable())],
    ['docs/commands.md', commandReference()],
    ['docs/examples.md', examplesPage(read)],
    ['docs/errors.md', errorReference()],
    ['docs/fields.md', fieldReference()],
    ['docs/options.md', optionReference()],
    ['lib/terraform/typed/option-docs.json', optionDocs()],
    [CONTROLS_DOC_PATH, controlsDoc()],
    pageAssets(read),
    ['lib/emulator/COVERAGE.md', coverageMarkdown()],
  ]);
  return files.set(
    'llms.txt',
    llmsText((path) => files.get(path) ?? read(path)),
  );
}
