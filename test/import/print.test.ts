import { runInThisContext } from 'node:vm';

import fc from 'fast-check';
import { check, format } from 'prettier/standalone';

import { PerOrg } from '../../lib/declaration/options/per-org';
import { Scope } from '../../lib/declaration/options/scope';
import { StartPage } from '../../lib/declaration/options/start-page';
import { member, print } from '../../lib/import/print';
import {
  call,
  evaluate,
  type Expression,
  justification,
  list,
  literal,
  members,
  name,
  texts,
} from '../../lib/options/expression';
import { Duration } from '../../lib/values/duration';
import { HOSTILE } from './hostile';
import { PRETTIER } from './prettier';

const statement = (expression: Expression): string => `const value = {\n${member('option', expression, '  ')}\n};\n`;

const valueOf = (text: string): unknown => runInThisContext(`(${text})`);

describe('a text', () => {
  it.each(HOSTILE)('%j is the same text in the program, on one line that shows what it is', (text) => {
    const printed = print(literal(text), { indent: '', before: 0, after: 0 });
    expect(valueOf(printed)).toBe(text);
    expect(printed).not.toMatch(/[\r\n\u2028\u2029\u202a-\u202e\u2066-\u2069\u200b]/);
  });

  it('is the same whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(valueOf(print(literal(text), { indent: '', before: 0, after: 0 }))).toBe(text);
      }),
    );
  });
});

it.each(HOSTILE)('a member of the name %j is a member of that name', (key) => {
  const printed = print(members(Object.fromEntries([[key, literal('formula')]])), { indent: '', before: 0, after: 0 });
  const value = valueOf(printed) as object;
  expect(Object.entries(value)).toEqual([[key, 'formula']]);
  expect(Object.getPrototypeOf(Object.getPrototypeOf(value))).toBeNull();
});

const text = fc.oneof(fc.string({ maxLength: 130 }), fc.constantFrom(...HOSTILE));
/** Prettier moves a value below a name that fills the line by itself; no attribute of an app has such a key. */
const key = fc
  .oneof(
    fc.constantFrom('a', 'start', 'end', 'description', 'audiences'),
    fc.string({ maxLength: 40 }),
    fc.constantFrom(...HOSTILE),
  )
  .filter(({ length }) => length <= 60);
const { expression } = fc.letrec<{ expression: Expression }>((tie) => ({
  expression: fc.oneof(
    { depthSize: 'small' },
    text.map(literal),
    fc.integer({ min: 0, max: 1440 }).map((amount) => call({ Duration }, 'minutes', literal(amount))),
    fc.constant(name({ Scope }, 'API')),
    fc.constant(justification('2027-03-31')),
    fc.array(text, { maxLength: 6 }).map(texts),
    fc.array(fc.dictionary(key, text.map(literal), { maxKeys: 3 }).map(members), { maxLength: 3 }).map(list),
    fc.dictionary(key, tie('expression'), { maxKeys: 4 }).map(members),
    fc.dictionary(key, tie('expression'), { maxKeys: 3 }).map((one) => call({ PerOrg }, 'of', members(one))),
    text.map((one) => call({ StartPage }, 'custom', literal(one))),
  ),
}));

it('Prettier finds nothing to change', async () => {
  await fc.assert(
    fc.asyncProperty(expression, async (one) => {
      const source = statement(one);
      if (!(await check(source, PRETTIER))) expect(source).toBe(await format(source, PRETTIER));
    }),
    { numRuns: 300 },
  );
});

it('is planned with the value that the program has', () => {
  const one = members({
    lifetime: call({ Duration }, 'days', literal(30)),
    reason: justification('2027-03-31'),
  });
  expect(evaluate(one)).toMatchObject({ lifetime: Duration.days(30), reason: { expires: '2027-03-31' } });
  expect(print(one, { indent: '', before: 0, after: 0 })).toBe(
    "{ lifetime: Duration.days(30), reason: { reason: '', approvedBy: '', expires: '2027-03-31' } }",
  );
});
