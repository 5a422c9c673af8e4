import { recallAttributes } from '../../lib/options/custom-attributes';
import { evaluate, parts } from '../../lib/options/expression';

it('an import writes a key that the org has twice once, since a program with both does not compile', () => {
  const rows = [
    { key: 'country', formula: '1' },
    { key: 'brand', formula: '2' },
    { key: 'country', formula: '3' },
  ];
  const recalled = recallAttributes(rows);
  if (!recalled) throw new Error('nothing was recalled');
  expect(evaluate(recalled)).toEqual({ brand: '2', country: '3' });
  expect(parts(recalled)).toHaveLength(3);
});
