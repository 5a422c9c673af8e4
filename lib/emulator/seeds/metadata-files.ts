const NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';

/** A field of a file: text, a list that repeats its element, a record, or undefined for none. */
export type SeedValue =
  string | number | boolean | undefined | readonly SeedValue[] | { readonly [name: string]: SeedValue };

export type SeedFields = Readonly<Record<string, SeedValue>>;

export const apiName = (label: string): string => label.replaceAll(' ', '_');

/** One file of a Metadata API package. */
export const metadataFile = (type: string, fields: SeedFields): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${type} xmlns="${NAMESPACE}">${elements(fields)}</${type}>\n`;

export const connectedAppFile = (name: string, fields: SeedFields): readonly [string, string] => [
  `connectedApps/${name}.connectedApp`,
  metadataFile('ConnectedApp', fields),
];

const elements = (fields: SeedFields): string =>
  Object.entries(fields)
    .map(([name, value]) => element(name, value))
    .join('');

function element(name: string, value: SeedValue): string {
  if (value === undefined) return '';
  if (isList(value)) return value.map((each) => element(name, each)).join('');
  if (typeof value === 'object') return `<${name}>${elements(value)}</${name}>`;
  return `<${name}>${escaped(String(value))}</${name}>`;
}

const isList = (value: SeedValue): value is readonly SeedValue[] => Array.isArray(value);

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
