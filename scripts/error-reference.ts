import { codeOf, type EntryName, PARTS, remedyFor } from '../lib/values/catalog';
import type { Entry } from '../lib/values/catalog/entry';
import { code, table } from './markdown';

const HEAD = `# Errors, warnings and notes

Every code of a message, what it means and what to do. Written by \`npm run generate\` from the catalog in \`lib/values/catalog/\`. \`client-apps explain CODE\` says the same.

An error stops synth, plan or apply; a warning or a note stops nothing. \`{name}\` stands for what the message names. A
violation of a control has the id of the control as its code: see [controls](controls.md). Where Salesforce or the network
refuses a request with a code of its own (\`INVALID_FIELD\`, \`invalid_grant\`, \`ECONNREFUSED\`), that code is shown.
`;

/** Every code of a diagnostic, as Markdown. */
export function errorReference(): string {
  return [HEAD, ...Object.entries(PARTS).map(([title, part]) => section(title, part))].join('\n');
}

function section(title: string, part: Readonly<Record<string, Entry>>): string {
  const rows = Object.entries(part).map(([name, entry]) => [
    code(codeOf(name as EntryName)),
    severity(entry),
    entry.says,
    remedies(entry),
  ]);
  return `## ${title}\n\n${table(['code', 'severity', 'what is wrong', 'what to do'], rows)}\n`;
}

const severity = (entry: Entry): string => [entry.severity, entry.also].filter(Boolean).join(' or ');

function remedies({ remedy }: Entry): string {
  const [cli, terraform] = [remedyFor('command-line', remedy), remedyFor('terraform', remedy)];
  return cli === terraform ? cli : `${cli}. Under Terraform: ${terraform}`;
}
