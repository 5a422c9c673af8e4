import { EPHEMERAL_RESOURCES } from '../lib/terraform/ephemeral/calls';
import { FUNCTIONS } from '../lib/terraform/functions/calls';
import { PROVIDER_SCHEMA } from '../lib/terraform/org/provider-config';
import { DATA_SOURCES, RESOURCES } from '../lib/terraform/provider';
import type { Resource } from '../lib/terraform/resource';
import { type BlockSchema, isNested } from '../lib/terraform/schema/attribute';
import { functionSections, schemaSections } from './registry-schema';

/** What the repository of a provider holds for a registry: https://developer.hashicorp.com/terraform/registry/providers/docs */
const DOCS = 'registry/docs';
const EXAMPLES = 'registry/examples';

type Read = (path: string) => string;

/** What a page tells of. */
type Paged = Pick<Resource, 'schema'> & Partial<Pick<Resource, 'importState'>>;

/** A kind of page: its folder, the title of its pages, the file of its example, and its schemas by name. */
interface Kind {
  readonly folder: string;
  readonly title: string;
  readonly example: string;
  readonly schemas: Readonly<Record<string, Paged>>;
}

const KINDS: readonly Kind[] = [
  { folder: 'resources', title: 'Resource', example: 'resource.tf', schemas: RESOURCES },
  { folder: 'data-sources', title: 'Data Source', example: 'data-source.tf', schemas: DATA_SOURCES },
  {
    folder: 'ephemeral-resources',
    title: 'Ephemeral Resource',
    example: 'ephemeral-resource.tf',
    schemas: EPHEMERAL_RESOURCES,
  },
];

/** Groups of the navigation; what is in none stands by itself. */
const SUBCATEGORIES: readonly (readonly [RegExp, string])[] = [
  [/_credentials$|_secret$|access_token$/, 'Credentials'],
  [/_app$|_apps$/, 'Client apps'],
  [/_oauth_/, 'OAuth settings and records'],
];

/** No one is told by Terraform: docs/decisions/misspelled-members.md. */
const DROPPED =
  '~> **A misspelled member of an object is silent.** Terraform refuses an argument that there is not, but drops a member that ' +
  'there is not before the provider sees it, so that it counts as left out. The plan shows each member that counts.';

/** Pages of resources that have objects with members. */
const warned = ({ attributes }: BlockSchema): readonly string[] =>
  attributes.some(({ type, mode }) => isNested(type) && mode !== 'computed') ? [DROPPED] : [];

/** The pages of the provider in the layout of a registry, by path. Guides are written by hand, beside them. */
export function registryDocs(read: Read): ReadonlyMap<string, string> {
  const pages = KINDS.flatMap(({ folder, title, example, schemas }) =>
    Object.entries(schemas).map(([name, { schema, importState }]): [string, string] => {
      const shown = read(`${EXAMPLES}/${folder}/${name}/${example}`);
      const text = page({
        title: `${name} ${title} - salesforce`,
        heading: `${name} (${title})`,
        subcategory: SUBCATEGORIES.find(([names]) => names.test(name))?.[1] ?? '',
        description: schema.description ?? '',
        sections: [
          usage(shown),
          ...warned(schema),
          schemaSections(schema),
          ...(typeof importState?.('x') === 'object' ? [importSection(name, shown)] : []),
        ],
      });
      return [`${DOCS}/${folder}/${name.replace(/^salesforce_/, '')}.md`, text];
    }),
  );
  const functions = Object.entries(FUNCTIONS).map(([name, each]): [string, string] => [
    `${DOCS}/functions/${name}.md`,
    page({
      title: `${name} Function - salesforce`,
      heading: `${name} (Function)`,
      subcategory: '',
      description: `${each.summary}.`,
      sections: [
        each.description,
        usage(read(`${EXAMPLES}/functions/${name}/function.tf`)),
        functionSections(name, each),
      ],
    }),
  ]);
  return new Map([[`${DOCS}/index.md`, index(read)], ...pages, ...functions]);
}

const index = (read: Read): string =>
  page({
    title: 'Provider: Salesforce client apps',
    heading: 'Salesforce Provider',
    description: PROVIDER_SCHEMA.description ?? '',
    sections: [
      'Terraform 1.11 or newer, and Node 20.9 or newer on the path of the machine that runs it; the release for Windows holds its own Node.',
      usage(read(`${EXAMPLES}/provider/provider.tf`)),
      schemaSections(PROVIDER_SCHEMA),
    ],
  });

interface Page {
  readonly title: string;
  readonly heading: string;
  /** Undefined: the page has no place in the navigation's groups. */
  readonly subcategory?: string;
  readonly description: string;
  readonly sections: readonly string[];
}

function page({ title, heading, subcategory, description, sections }: Page): string {
  const [first = ''] = /^.*?[.](?= |$)/.exec(description) ?? [];
  const matter = [
    '---',
    `page_title: ${JSON.stringify(title)}`,
    ...(subcategory === undefined ? [] : [`subcategory: ${JSON.stringify(subcategory)}`]),
    'description: |-',
    `  ${first}`,
    '---',
  ];
  return `${matter.join('\n')}\n\n# ${heading}\n\n${[description, ...sections].join('\n\n')}\n`;
}

const fenced = (text: string): string => `\`\`\`terraform\n${text.trimEnd()}\n\`\`\``;
const usage = (example: string): string => `## Example Usage\n\n${fenced(example)}`;

/** Of the resource that the example declares first. */
function importSection(name: string, example: string): string {
  const [, label = '', rest = ''] = new RegExp(`^resource "${name}" "(\\w+)"([^]*)`, 'm').exec(example) ?? [];
  const to = `${name}.${label}`;
  const id = /^ {2}api_name *= "([^"]+)"/m.exec(rest)?.[1] ?? 'settings';
  const block = fenced(`import {\n  to = ${to}\n  id = "${id}"\n}`);
  const command = `\`\`\`shell\nterraform import ${to} ${id}\n\`\`\``;
  return `## Import\n\nBy an \`import\` block, which a plan shows first:\n\n${block}\n\nOr by the command:\n\n${command}`;
}
