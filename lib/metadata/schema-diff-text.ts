import { formatApiVersion } from './api-version';
import { asText } from './normalize';
import type { SchemaChange, SchemaDiff } from './schema-diff';

/** The difference as plain text for people, ending in a line break. */
export function renderSchemaDiff({ from, to, changes }: SchemaDiff): string {
  const head = `Metadata API ${formatApiVersion(from)} to ${formatApiVersion(to)}: `;
  if (changes.length === 0) return `${head}nothing that this library knows comes or goes.\n`;
  const entering = changes.filter(({ change }) => change === 'enters');
  const leaving = changes.filter(({ change }) => change === 'leaves');
  const parts = [`${head}elements that come into scope: ${entering.length}; that leave it: ${leaving.length}.`];
  if (entering.length > 0) parts.push(`Come into scope\n${lines(entering)}`);
  if (leaving.length > 0) parts.push(`Leave scope\n${lines(leaving)}`);
  if (entering.some(({ role }) => role === 'author')) {
    parts.push(
      'A field that comes into scope and that no option states keeps the value that the org has; a secure default that\n' +
        'covers it is written. The plan shows both.',
    );
  }
  if (changes.some(({ preview }) => preview)) {
    parts.push('(preview): known from types that Salesforce published before the release; it may still change.');
  }
  return `${parts.join('\n\n')}\n`;
}

function lines(changes: readonly SchemaChange[]): string {
  const types = [...new Set(changes.map(({ type }) => type))];
  return types
    .map((type) => {
      const own = changes.filter((change) => change.type === type);
      return [`  ${type}`, ...own.map(line)].join('\n');
    })
    .join('\n');
}

function line({ change, kind, name, title, version, default: value, role, preview }: SchemaChange): string {
  const what = kind === 'type' ? 'the whole type' : kind === 'value' ? `value of ${name}` : name;
  const fallback =
    kind !== 'field' || change === 'leaves' ? '' : `; default ${value === undefined ? 'none' : asText(value)}`;
  const server = role === 'server' ? '; made by Salesforce' : '';
  return `    ${version}  ${what} (${title})${fallback}${server}${preview ? ' (preview)' : ''}`;
}
