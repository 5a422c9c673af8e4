import { groupBy } from '../values/group-by';
import { spellUnseen } from '../values/visible';
import { choose } from './choose';
import { type Found, type ImportedOrg, manifestIdOf, type NotDeclared, type ProgramFile } from './model';
import { notDeclaredText } from './notes';

export interface ImportBlocks {
  readonly file: ProgramFile;
  /** How many apps Terraform takes over. */
  readonly apps: number;
  readonly not_declared: readonly NotDeclared[];
}

const RESOURCES = {
  'external-client-app': 'salesforce_external_client_app',
  'connected-app': 'salesforce_connected_app',
} as const;

/**
 * The apps of an org as `import` blocks, of which Terraform writes the resources (`-generate-config-out`). They are taken
 * over as they are: the provider's controls warn of what is insecure, and nothing changes until somebody changes it. An
 * id is the API name; no consumer key and no certificate is needed for it.
 */
export function importBlocks(org: ImportedOrg, keepAsIs: ReadonlyMap<string, string>): ImportBlocks {
  const { found, notDeclared } = choose(org, keepAsIs);
  const blocks = [...groupBy(found, ({ app }) => app.platform)].flatMap(([platform, apps]) =>
    labelled(apps).map(([label, name]) =>
      ['import {', `  to = ${RESOURCES[platform]}.${label}`, `  id = ${hclString(name)}`, '}'].join('\n'),
    ),
  );
  const left = notDeclared.map((each) => `# - ${notDeclaredText(each)}`);
  const text = [
    `provider "salesforce" {\n  managed_by = ${hclString(manifestIdOf(org.name))}\n}`,
    ...blocks,
    ...(left.length > 0 ? [['# Not imported, and not touched:', ...left].join('\n')] : []),
  ];
  return {
    file: { path: 'imports.tf', text: `${text.join('\n\n')}\n` },
    apps: found.length,
    not_declared: notDeclared,
  };
}

/** Each app with a name that Terraform takes for a resource, and that no other has. */
function labelled(apps: readonly Found[]): readonly (readonly [label: string, apiName: string])[] {
  const taken = new Set<string>();
  return apps.map(({ app: { apiName } }) => {
    const plain = apiName.replace(/[^A-Za-z0-9_]/g, '_').replace(/^(?![A-Za-z_])/, '_');
    let label = plain;
    for (let n = 2; taken.has(label); n++) label = `${plain}_${n}`;
    taken.add(label);
    return [label, apiName] as const;
  });
}

/** As a quoted string in which nothing is a template, and nothing is hidden. */
const hclString = (text: string): string => spellUnseen(JSON.stringify(text), escaped).replace(/([$%])\{/g, '$1$1{');

function escaped(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length <= 4 ? `\\u${code.padStart(4, '0')}` : `\\U${code.padStart(8, '0')}`;
}
