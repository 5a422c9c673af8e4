import { RECORD_KINDS } from '../lib/metadata/records';
import { code, table } from './markdown';
import { type Option, type OptionGroup, readOptions } from './read-options';
import { valueReference } from './value-reference';

/** Where options are documented, those of every kind first. */
export const OPTION_FILES = [
  'constructs/props/common.ts',
  'constructs/props/interactive.ts',
  'constructs/props/by-kind.ts',
  'constructs/props/platform.ts',
  'constructs/props/experimental.ts',
  'constructs/props/values.ts',
  'constructs/props/oauth-records.ts',
];

/** Whose options a group holds; a group that is named nowhere is the value of an option. */
const KINDS: readonly (readonly [string, readonly string[]])[] = [
  ['Every kind', ['ClientAppProps']],
  ['Every kind, as an External Client App', ['ExternalClientAppOptions', 'ExternalClientAppPolicies']],
  ['Every kind, as a Connected App', ['ConnectedAppOptions']],
  ['PrivateClientApp and PublicClientApp', ['InteractiveClientAppProps', 'CodeAndCredentialsProps']],
  [
    'PrivateClientApp and PublicClientApp, as an External Client App',
    ['InteractiveExternalClientAppOptions', 'InteractiveExternalClientAppPolicies'],
  ],
  [
    'PrivateClientApp and PublicClientApp, as a Connected App',
    ['InteractiveConnectedAppOptions', 'InteractiveConnectedAppPolicies'],
  ],
  ['PrivateClientApp and MachineApp', ['TokenExchangeProps']],
  ['PrivateClientApp and MachineApp, as an External Client App', ['ConfidentialClientOptions']],
  ['PrivateClientApp and MachineApp, as a Connected App', ['ConfidentialConnectedAppOptions']],
  ['PrivateClientApp', ['PkceProps']],
  ['PublicClientApp', ['PublicTokenExchangeProps']],
  ['PublicClientApp, as an External Client App', ['PublicClientOptions']],
  ['MachineApp', ['MachineWithCertificate', 'MachineByClientCredentials']],
  // The construct of a record beside the apps is called as its metadata type.
  ...RECORD_KINDS.map(({ type }) => [type.name, [`${type.name}Props`]] as const),
];

const HEAD = `# Options

Every option of every construct, with its type, default, unit, limit and source. Written by \`npm run generate\` from the
docstrings of the options in \`constructs/\`. _Since_ is the first version of the
Metadata API that has the option; where it is blank, every version from 60 on has it. Some values exist
only for an External Client App, or only for a Connected App; the compiler and synth report the wrong ones.

[How to write values](#how-to-write-values) has every factory and constant, at the end of this page.
`;

const WRITING = `## How to write values

Values other than text, numbers and lists are written with a factory or a constant, so that an invalid one does not
compile. A justification is plain data: a reason, an approver, and the last day it is valid, at most a year ahead.

\`\`\`ts
import { type Justification, PermittedUsers, RefreshTokenPolicy, Scope } from 'cdktf-salesforce-client-apps';

const justification: Justification = {
  reason: 'The client cannot store a new refresh token yet; its release in May can.',
  approvedBy: 'security@acme.example',
  expires: '2027-05-31',
  ticket: 'SEC-142',
};
export const options = {
  scopes: [Scope.API, Scope.REFRESH_TOKEN],
  permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Field_App_Access'] }),
  refreshTokenPolicy: RefreshTokenPolicy.neverExpires(justification),
};
\`\`\`

Below, \`justification\` is like the one above, and \`pem\` is PEM text.
`;

/** Every option of every construct, as Markdown. */
export function optionReference(): string {
  const org = readOptions('constructs/org.ts', (name) => name === 'SalesforceOrgProps');
  const groups = OPTION_FILES.flatMap((path) => readOptions(path));
  const kinds = new Set(KINDS.flatMap(([, names]) => names));
  const values = groups.filter(({ name, options }) => !kinds.has(name) && options.length > 0);
  return [
    HEAD,
    ...org.map((group) => section('SalesforceOrg', [group])),
    ...readOptions('lib/declaration/org-settings.ts').map((group) => section(group.name, [group])),
    ...KINDS.map(([title, names]) =>
      section(
        title,
        names.map((name) => groupOf(groups, name)),
      ),
    ),
    '## Values of options\n',
    ...values.map(valueSection),
    WRITING,
    valueReference(),
  ].join('\n');
}

function groupOf(groups: readonly OptionGroup[], name: string): OptionGroup {
  const found = groups.find((group) => group.name === name);
  if (!found) throw new Error(`there is no ${name} in ${OPTION_FILES.join(', ')}`);
  return found;
}

function section(title: string, groups: readonly OptionGroup[]): string {
  return `## ${title}\n\n${options(groups.flatMap((group) => group.options))}\n`;
}

function valueSection({ name, description, options: all }: OptionGroup): string {
  return `### ${name}\n\n${description}\n\n${options(all)}\n`;
}

function options(all: readonly Option[]): string {
  const rows = all.map(({ name, type, required, description, tags }) => [
    code(name),
    description,
    // What the app is stored as decides over single values, not over the option.
    code(type.replace(/<P>|, P(?=>)/g, '')),
    required ? 'required' : (tags['default'] ?? '').replace(/^- /, ''),
    [tags['unit'], tags['limit']].filter(Boolean).join('; '),
    tags['since'] ?? '',
    tags['source'] ?? '',
  ]);
  return table(['Option', 'What it says', 'Type', 'Default', 'Unit, limit', 'Since', 'Source'], rows);
}
