// Writes test/emulator/generated/message-schema.json from Salesforce's own Metadata API WSDL: what answers of its SOAP
// operations must look like. Types of metadata itself are left out: lib/emulator/schema has those.
//
//   node scripts/emulator-messages.mjs --wsdl metadata.wsdl [--out test/emulator/generated]
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values: args } = parseArgs({
  options: {
    wsdl: { type: 'string' },
    out: { type: 'string', default: fileURLToPath(new URL('../test/emulator/generated', import.meta.url)) },
  },
});
if (!args.wsdl) {
  console.error('usage: node scripts/emulator-messages.mjs --wsdl FILE [--out DIR]');
  process.exit(1);
}
const wsdl = readFileSync(args.wsdl, 'utf8');

/** Elements of a sequence, in its order: `name Type`, with `?` where it may be left out, `*` for any number, `nil`. */
const elementsOf = (body) =>
  [...body.matchAll(/<xsd:element ([^>]*?)\/>/g)].map(([, text]) => {
    const attribute = (key) => new RegExp(`\\b${key}="([^"]*)"`).exec(text)?.[1];
    const count = attribute('maxOccurs') === 'unbounded' ? '*' : attribute('minOccurs') === '0' ? '?' : '';
    const nil = attribute('nillable') === 'true' ? ' nil' : '';
    return `${attribute('name')} ${attribute('type').replace(/^\w+:/, '')}${count}${nil}`;
  });
const typeOf = (element) => /^\w+ (\w+)/.exec(element)[1];
const all = new Map();
for (const [, name, body] of wsdl.matchAll(/<xsd:complexType name="(\w+)">([\s\S]*?)<\/xsd:complexType>/g)) {
  all.set(name, { base: /<xsd:extension base="tns:(\w+)"/.exec(body)?.[1], elements: elementsOf(body) });
}
const enums = new Map();
for (const [, name, body] of wsdl.matchAll(/<xsd:simpleType name="(\w+)">([\s\S]*?)<\/xsd:simpleType>/g)) {
  const literals = [...body.matchAll(/<xsd:enumeration value="([^"]*)"/g)].map(([, value]) => value);
  if (literals.length > 0) enums.set(name, literals);
}

const responses = {};
for (const [, operation, body] of wsdl.matchAll(
  /<xsd:element name="(\w+)Response">([\s\S]*?)<\/xsd:element>\s*\n\s*<(?:xsd:element name|\/xsd:schema|xsd:complexType)/g,
)) {
  responses[operation] = elementsOf(body);
}
const types = {};
const literals = {};
const visit = (type) => {
  if (enums.has(type)) literals[type] = enums.get(type);
  if (!all.has(type) || types[type]) return;
  const { base, elements } = all.get(type);
  if (base !== undefined) visit(base);
  types[type] = [...(base === undefined ? [] : types[base]), ...elements];
  for (const element of elements) visit(typeOf(element));
};
for (const elements of Object.values(responses)) for (const element of elements) visit(typeOf(element));

mkdirSync(args.out, { recursive: true });
writeFileSync(
  join(args.out, 'message-schema.json'),
  `${JSON.stringify({ responses, types, enums: literals }, undefined, 1)}\n`,
);
console.log(`${Object.keys(responses).length} responses, ${Object.keys(types).length} types`);
