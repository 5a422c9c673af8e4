import { type Expression, type Members } from '../options/expression';
import { visible } from '../values/visible';

/** Widest line, and one step of indentation: as Prettier and this library's own sources have them. */
export const WIDTH = 120;
const STEP = '  ';
/** Prettier keeps a value beside its name where to break the line would gain next to nothing. */
const SHORT_NAME = STEP.length + 3;

/** Where an expression stands: the indentation of its line, what stands before it there, and what follows it. */
interface Place {
  readonly indent: string;
  readonly before: number;
  readonly after: number;
}

/** The expression as TypeScript, in Prettier's form, that begins at a column of a line with that indentation. */
export function print(expression: Expression, place: Place): string {
  const flat = inline(expression);
  if (!breaksAlways(expression) && place.before + widthOf(flat) + place.after <= WIDTH) return flat;
  return broken(expression, place) ?? flat;
}

/** On one line, however long. */
export function inline(expression: Expression): string {
  switch (expression.is) {
    case 'literal':
      return typeof expression.value === 'string' ? stringLiteral(expression.value) : String(expression.value);
    case 'name':
      return expression.name;
    case 'list':
      return `[${expression.items.map(inline).join(', ')}]`;
    case 'members':
      return membersInline(expression);
    case 'call':
      return `${expression.name}(${expression.args.map(inline).join(', ')})`;
    case 'blank':
      return `{ reason: '', approvedBy: '', expires: ${stringLiteral(expression.expires)} }`;
  }
}

const membersInline = ({ members }: Members): string =>
  members.length === 0
    ? '{}'
    : `{ ${members.map(([key, value]) => `${memberName(key)}: ${inline(value)}`).join(', ')} }`;

/** Prettier breaks a list of several objects that have several members each. */
function breaksAlways(expression: Expression): boolean {
  if (expression.is === 'list') {
    const { items } = expression;
    const several = items.length > 1 && items.every((item) => item.is === 'members' && item.members.length > 1);
    return several || items.some(breaksAlways);
  }
  if (expression.is === 'members') return expression.members.some(([, value]) => breaksAlways(value));
  return expression.is === 'call' && expression.args.some(breaksAlways);
}

/** Over several lines; undefined where it has no place to break. */
function broken(expression: Expression, { indent, before }: Place): string | undefined {
  const deeper = indent + STEP;
  switch (expression.is) {
    case 'list': {
      if (expression.items.length === 0) return undefined;
      const lines = expression.items.map(
        (item) => `${deeper}${print(item, { indent: deeper, before: deeper.length, after: 1 })},`,
      );
      return ['[', ...lines, `${indent}]`].join('\n');
    }
    case 'members':
      if (expression.members.length === 0) return undefined;
      return ['{', ...expression.members.map(([key, value]) => member(key, value, deeper)), `${indent}}`].join('\n');
    case 'blank':
      return [
        '{',
        `${deeper}reason: '',`,
        `${deeper}approvedBy: '',`,
        `${deeper}expires: ${stringLiteral(expression.expires)},`,
        `${indent}}`,
      ].join('\n');
    case 'call': {
      const [only] = expression.args;
      if (only === undefined) return undefined;
      const opening = `${expression.name}(`;
      if (only.is === 'members' || only.is === 'list' || only.is === 'blank') {
        return `${opening}${broken(only, { indent, before: before + opening.length, after: 1 }) ?? inline(only)})`;
      }
      const argument = print(only, { indent: deeper, before: deeper.length, after: 1 });
      return `${opening}\n${deeper}${argument},\n${indent})`;
    }
    default:
      return undefined;
  }
}

/** One member of an object on lines of its own, with the comma behind it. */
export function member(key: string, value: Expression, indent: string): string {
  const opening = `${indent}${memberName(key)}:`;
  const text = print(value, { indent, before: widthOf(opening) + 1, after: 1 });
  const isLong = !text.includes('\n') && widthOf(opening) + 1 + widthOf(text) + 1 > WIDTH;
  // What has no place to break goes to a line of its own.
  if (isLong && widthOf(memberName(key)) >= SHORT_NAME) return `${opening}\n${indent}${STEP}${text},`;
  return `${opening} ${text},`;
}

/** The name of a member: in quotes where it needs them; `__proto__` computed, because it would set the prototype. */
function memberName(key: string): string {
  if (key === '__proto__') return "['__proto__']";
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : stringLiteral(key);
}

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' };

/** What an editor does not show, or shows in another order, is spelled out; what ends a line as well. */
const UNSEEN = /[\\\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{DI}\u2800]|(?! )\p{Zs}/gu;

/** A text in single quotes, or in double ones where it holds more single ones. */
export function stringLiteral(text: string): string {
  const single = text.split("'").length - 1;
  const double = text.split('"').length - 1;
  const quote = single > double ? '"' : "'";
  const escaped = text.replace(UNSEEN, (character) => SHORT[character] ?? unicode(character));
  return `${quote}${escaped.replaceAll(quote, `\\${quote}`)}${quote}`;
}

function unicode(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length <= 4 ? `\\u${code.padStart(4, '0')}` : `\\u{${code}}`;
}

/** Characters that take two columns. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
const COMBINING = /\p{M}/u;

/** Columns of a line. */
const widthOf = (text: string): number =>
  // eslint-disable-next-line no-control-regex -- what is plain needs no counting
  /^[\u0000-\u007f]*$/.test(text)
    ? text.length
    : Array.from(text).reduce((sum, each) => sum + (COMBINING.test(each) ? 0 : WIDE.test(each) ? 2 : 1), 0);

/** Text as line comments that are no wider than the sources. Nothing in it ends a line: what follows would be code. */
export function comment(text: string, indent: string): readonly string[] {
  const opening = `${indent}// `;
  const lines: string[] = [];
  let line = '';
  for (const word of visible(text).split(' ')) {
    if (line !== '' && widthOf(`${opening}${line} ${word}`) > WIDTH) {
      lines.push(`${opening}${line}`);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, `${opening}${line}`];
}
