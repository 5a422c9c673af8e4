import { groupBy } from '../../lib/values/group-by';

test('what has one key is together, keys and members in the order of the list', () => {
  const groups = groupBy(['pear', 'apple', 'plum', 'avocado'], (word) => word[0]);
  expect([...groups]).toEqual([
    ['p', ['pear', 'plum']],
    ['a', ['apple', 'avocado']],
  ]);
});

test('nothing has no group', () => {
  expect(groupBy([], String).size).toBe(0);
});
