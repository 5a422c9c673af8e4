import { groupBy } from '../values/group-by';
import { spellUnseen } from '../values/visible';
import { choose } from './choose';
import { type ImportedOrg, manifestIdOf, type NotDeclared, type ProgramFile } from './model';
import { notDeclaredText, safe } from './notes';
import { resourcesFor } from './typed-blocks';

export interface ImportBlocks {
  readonly file: ProgramFile;
  /** How many apps Terraform takes over. */
  readonly apps: number;
  readonly not_declared: readonly NotDeclared[];
}

/**
 * The apps of an org as `import` blocks, of which Terraform writes the resources (`-generate-config-out`). They are taken
 * over as they are: the provider's controls warn of what is insecure, and nothing changes until someone changes it. An
 * id is the API name; no consumer key and no certificate is needed for it.
 * @param today ISO date.
 */
export function importBlocks(org: ImportedOrg, keepAsIs: ReadonlyMap<string, string>, today: string): ImportBlocks {
  const { found, notDeclared } = choose(org, keepAsIs);
  const resourceOf = resourcesFor(org, keepAsIs, today);
  const taken = found.map(({ app: { apiName, platform } }) => ({
    apiName,
    ...(platform === 'connected-app' ? { resource: 'salesforce_connected_app' } : resourceOf(apiName)),
  }));
  const blocks = [...groupBy(taken, ({ resource }) => resource)].flatMap(([resource, apps]) =>
    labeled(apps.map(({ apiName }) => apiName)).map(([label, name]) =>
      ['import {', `  to = ${resource}.${label}`, `  id = ${hclString(name)}`, '}'].join('\n'),
    ),
  );
  const untyped = taken.flatMap((each) =>
    'because' in each && each.because !== undefined ? [`# - ${safe(each.apiName)}: ${safe(each.because)}`] : [],
  );
  const left = notDeclared.map((each) => `# - ${notDeclaredText(each)}`);
  const text = [
    `provider "salesforce" {\n  managed_by = ${hclString(manifestIdOf(org.name))}\n}`,
    ...blocks,
    ...(untyped.length > 0
      ? [["# By the metadata's own names, and not as a resource of a kind of client:", ...untyped].join('\n')]
      : []),
    ...(left.length > 0 ? [['# Not imported, and not touched:', ...left].join('\n')] : []),
  ];
  return {
    file: { path: 'imports.tf', text: `${text.join('\n\n')}\n` },
    apps: found.length,
    not_declared: notDeclared,
  };
}

/** Each app with a name that Terraform takes for a resource, and that no other has. */
function labeled(names: readonly string[]): readonly (readonly [label: string, apiName: string])[] {
  const taken = new Set<string>();
  return names.map((apiName) => {
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
