import { NEWEST_API_VERSION, OLDEST_API_VERSION } from '../lib/metadata/api-version';
import {
  CONNECTED_APP_TYPES,
  EXTERNAL_CLIENT_APP_TYPES,
  OAUTH_RECORD_TYPES,
  PRESERVED_TYPES,
  SETTINGS_TYPES,
} from '../lib/metadata/fields';
import type { ComponentType, Direction, Field, FieldRole } from '../lib/metadata/fields/field';
import { impactSentence } from '../lib/metadata/fields/words';
import { code, table } from './markdown';

const HEAD = `# Salesforce fields

Every field of Salesforce that the program knows. Written by \`npm run generate\` from the field table in \`lib/metadata/fields/\`, from which reading, writing, comparing and
the words of a plan are derived. Metadata API ${OLDEST_API_VERSION} to ${NEWEST_API_VERSION}.

A field of the role _author_ is compared and enforced where the code states it or a secure default covers it; otherwise
the org's value is kept. _Widens_ and _narrows_ say what a change does to security; what it does to running clients
stands beside it.
`;

const ROLES: Readonly<Record<FieldRole, string>> = {
  author: 'author',
  server: 'set by Salesforce, never sent',
  join: 'names the app',
  command: 'triggers an action in Salesforce; apply never sends it',
  secret: 'secret; never sent, never stored',
  carried: 'set by client-apps, stored in the description',
};

/** Every field that is known, as Markdown. */
export function fieldReference(): string {
  const types = [
    ...EXTERNAL_CLIENT_APP_TYPES,
    ...PRESERVED_TYPES,
    ...CONNECTED_APP_TYPES,
    ...OAUTH_RECORD_TYPES,
    ...SETTINGS_TYPES,
  ];
  return [HEAD, ...types.map(section)].join('\n');
}

function section({ name, title, fields }: ComponentType): string {
  const head = ['field', 'in Setup', 'versions', 'role', 'security', 'running clients'];
  return `## ${name}\n\n${title}.\n\n${table(
    head,
    fields.flatMap((field) => rows(field, '')),
  )}\n`;
}

function rows(field: Field, prefix: string): readonly (readonly string[])[] {
  const { name, kind, title, role, direction } = field;
  const own = [code(`${prefix}${name}`), title, versions(field), ROLES[role], security(direction), impact(field)];
  const nested = kind.kind === 'record' || kind.kind === 'records' ? kind.fields : [];
  return [own, ...nested.flatMap((each) => rows(each, `${prefix}${name}.`))];
}

function versions({ since, until }: Field): string {
  if (since > OLDEST_API_VERSION) return until === undefined ? `from ${since}` : `${since} to ${until}`;
  return until === undefined ? 'all' : `up to ${until}`;
}

function security(direction: Direction): string {
  if (typeof direction !== 'string') return `widens toward ${direction[0] ?? ''}`;
  const words: Readonly<Record<Exclude<Direction, readonly string[]>, string>> = {
    neutral: '',
    'true-widens': 'true widens',
    'true-narrows': 'true narrows',
    'growing-widens': 'more widens',
    preauthorized: 'more widens, unless everyone may enter',
    allowlist: 'more widens; an empty list admits every address',
    'change-widens': 'any change widens',
    'refresh-token-lifetime': 'longer widens',
    'session-timeout': 'longer widens; without one, the profile or the org decides',
    'jwt-lifetime': 'longer widens',
    'session-level-action': 'raising widens, blocking narrows',
    'apex-gate': 'removing widens, else not known',
    logout: 'removing widens',
    undocumented: 'not known',
  };
  return words[direction];
}

function impact({ impact: all }: Field): string {
  const parts = [
    ['when true', all?.whenTrue],
    ['when false', all?.whenFalse],
    ['when changed', all?.onChange],
  ] as const;
  return parts.flatMap(([when, one]) => (one ? [`${when}, ${impactSentence(one)}`] : [])).join('; ');
}
