import { Scope } from '../declaration/options/scope';
import { CONSTRUCT } from '../declaration/read/unknown-options';
import { snakeCase } from '../values/snake-case';
import { constantsOf } from './recall';
import { hclWord, type Shape, type Spelling } from './shape';
import { ROWS } from './table';

/** The resource of a kind of client: `salesforce_private_client_app`. */
export const TYPED_RESOURCES = {
  private: 'salesforce_private_client_app',
  public: 'salesforce_public_client_app',
  machine: 'salesforce_machine_client_app',
} as const;

const SPELLINGS: ReadonlyMap<string, Spelling> = new Map(
  ROWS.flatMap(({ shape }) => (shape ? spellingsIn(shape) : [])).map((each) => [each.type, each]),
);

function spellingsIn({ type, spelling }: Shape): readonly Spelling[] {
  const inner = typeof type === 'object' && 'members' in type ? type.members : [];
  return [...(spelling ? [spelling] : []), ...inner.flatMap(({ shape }) => spellingsIn(shape))];
}

const SCOPES: ReadonlyMap<string, string> = new Map(
  constantsOf(Scope, (value): value is Scope => Scope.is(value)).map(([constant, { token }]) => [constant, token]),
);

/** Names of more than one word, as authors of programs write options and their members. */
const NAMES: ReadonlySet<string> = new Set(
  [
    ...ROWS.map(({ name }) => name),
    ...ROWS.flatMap(({ shape }) => (shape ? membersIn(shape) : [])),
    'apiVersion',
  ].filter((name) => name !== name.toLowerCase()),
);

function membersIn({ type }: Shape): readonly string[] {
  if (typeof type !== 'object') return [];
  if ('members' in type) return type.members.flatMap(({ name, shape }) => [name, ...membersIn(shape)]);
  return membersIn({ type: type.setOf } as Shape);
}

/** A sentence about options of a program as one about arguments of HCL: `Duration.days(30)` is `"30 days"`. */
export function inHcl(sentence: string): string {
  const spelled = sentence
    .replace(/ or Certificate\.fromPem\('[^']*'\)/g, '')
    .replace(/Certificate\.fromFile\('?([^')]*)'?\)/g, 'file("$1")')
    .replace(/ or Username\.perOrg\(\{[^}]*\}\)/g, '')
    .replace(/Username\.of\('([^']*)'\)/g, '"$1"')
    .replace(/Duration\.(\w+)\((\d+)\)/g, '"$2 $1"')
    .replace(/a Duration\b/g, 'a length of time')
    .replace(/Scope\.([A-Z_]+)/g, (found, constant: string) => `"${SCOPES.get(constant) ?? found}"`)
    .replace(/\b([A-Z]\w+)\.(\w+)(?:\(((?:"[^"]*"|\{[^}]*\}|[^()])*)\))?/g, inWays)
    .replace(/(\w+): '([^']*)'/g, '$1 = "$2"')
    .replace(/(\w+): (true|false|\[|file\()/g, '$1 = $2');
  return spelled
    .replace(/\b(?:Private|Public)ClientApp\b|\bMachineApp\b/g, (construct) => {
      const kind = (['private', 'public', 'machine'] as const).find((each) => CONSTRUCT[each] === construct);
      return kind ? TYPED_RESOURCES[kind] : construct;
    })
    .replace(/\b[a-z]+[A-Z]\w*\b/g, (word) => (NAMES.has(word) ? snakeCase(word) : word));
}

/** One way to make the value of a class. */
function inWays(found: string, type: string, key: string, given: string | undefined): string {
  const spelling = SPELLINGS.get(type);
  const taken = spelling?.ways[key];
  if (!spelling || !taken) return found;
  const chosen = hclWord(key);
  if (spelling.word === undefined) return `"${chosen}"`;
  return `{ ${[`${spelling.word} = "${chosen}"`, ...argumentsIn(taken, given?.trim() ?? '')].join(', ')} }`;
}

function argumentsIn(taken: Spelling['ways'][string], given: string): readonly string[] {
  if (given === '') return [];
  if ('of' in taken) return [given.replace(/^\{ ?| ?\}$/g, '').replace(/(\w+): /g, '$1 = ')];
  const [first] = taken;
  return first ? [`${snakeCase(first.name)} = ${given}`] : [];
}
