import fc from 'fast-check';

import { METADATA_NAMESPACE, type XmlElement, XSI_NAMESPACE } from '../../lib/metadata/package/xml';

/** A way to write a document that changes nothing of what it means. */
export interface Spelling {
  /** Order of the elements: where one goes among its siblings, by a number for its name. */
  readonly order: number;
  readonly prefix: string;
  readonly byteOrderMark: boolean;
  readonly declaration: boolean;
  readonly crlf: boolean;
  readonly comments: boolean;
  readonly instructions: boolean;
  readonly indent: string;
  readonly text: 'entities' | 'cdata' | 'references' | 'comment inside';
  readonly blanks: boolean;
  /** Elements that say they have no value. */
  readonly nil: readonly string[];
  readonly armor: boolean;
}

export const spellings = (absent: readonly string[]): fc.Arbitrary<Spelling> =>
  fc.record({
    order: fc.nat(1_000),
    prefix: fc.constantFrom('', 'm', 'sf-md.v1'),
    byteOrderMark: fc.boolean(),
    declaration: fc.boolean(),
    crlf: fc.boolean(),
    comments: fc.boolean(),
    instructions: fc.boolean(),
    indent: fc.constantFrom('', '\n', '\n\t', '\n    '),
    text: fc.constantFrom('entities', 'cdata', 'references', 'comment inside'),
    blanks: fc.boolean(),
    nil: fc.subarray([...absent], { maxLength: Math.min(3, absent.length) }),
    armor: fc.boolean(),
  });

export function respell(root: XmlElement, spelling: Spelling): string {
  const { byteOrderMark, declaration, prefix, crlf, comments } = spelling;
  const colon = prefix === '' ? '' : ':';
  const namespaces = ` xmlns${colon}${prefix}="${METADATA_NAMESPACE}" xmlns:i='${XSI_NAMESPACE}'`;
  const nil = spelling.nil.map((name) => `<${prefix}${colon}${name} i:nil="${name.length % 2 ? 'true' : '1'}"/>`);
  const body = element(root, spelling, namespaces, nil.join(''));
  const head = declaration ? '<?xml version="1.0" encoding="utf-8" standalone="yes"?>' : '';
  const text = `${head}${comments ? '\n<!-- kept by hand -->\n' : ''}${body}\n`;
  return `${byteOrderMark ? '\uFEFF' : ''}${crlf ? text.replaceAll('\n', '\r\n') : text}`;
}

function element(node: XmlElement, spelling: Spelling, attributes = '', extra = ''): string {
  const { prefix, indent, comments, instructions } = spelling;
  const name = `${prefix}${prefix === '' ? '' : ':'}${node.name}`;
  const given = Object.entries(node.attributes).map(([key, value]) => ` ${key.replace('xsi:', 'i:')}="${value}"`);
  const open = `<${name}${attributes}${given.join('')}`;
  if (node.children.length === 0 && extra === '') {
    return node.text === '' ? `${open} />` : `${open}>${content(node, spelling)}</${name} >`;
  }
  const rank = (child: XmlElement): number =>
    (child.name.length * 31 + child.name.charCodeAt(2)) % (spelling.order + 7);
  // The sort is stable: elements of one name keep their order.
  const inside = [...node.children].sort((a, b) => rank(a) - rank(b)).map((child) => element(child, spelling));
  const between = `${indent}${comments ? '<!-- <label>Old</label> -->' : ''}${instructions ? '<?tool done?>' : ''}`;
  return `${open}>${between}${[...inside, extra].join(between)}${between}</${name}>`;
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#13;');

function content({ name, text }: XmlElement, spelling: Spelling): string {
  const whole = spelling.armor && name === 'certificate' ? armored(text) : text;
  const written = spell(whole, spelling.text);
  return spelling.blanks ? `\n  ${written}\t\n` : written;
}

const armored = (text: string): string =>
  `-----BEGIN CERTIFICATE-----\n${(text.match(/.{1,64}/g) ?? []).join('\n')}\n-----END CERTIFICATE-----\n`;

function spell(text: string, how: Spelling['text']): string {
  switch (how) {
    case 'cdata':
      return text.includes('\r') ? escape(text) : `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
    case 'references':
      return points(text)
        .map((each) => `&#x${each.toString(16)};`)
        .join('');
    case 'comment inside': {
      const [first = 0, ...rest] = points(text);
      return `${escape(String.fromCodePoint(first))}<!-- - -->${escape(String.fromCodePoint(...rest))}`;
    }
    default:
      return escape(text);
  }
}

const points = (text: string): number[] => Array.from(text, (each) => each.codePointAt(0) ?? 0);
