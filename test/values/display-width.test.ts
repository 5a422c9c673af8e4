import { displayWidth, padded } from '../../lib/values/display-width';

describe('the columns that a text takes', () => {
  it.each([
    ['Portal', 6],
    ['客户门户', 8],
    ['고객 포털', 9],
    ['\u1112\u1161\u11ab', 2],
    ['Cafe\u0301', 4],
    ['हिन्दी', 5],
    ['עִבְ', 2],
    ['🚀', 2],
    ['🫠', 2],
    ['🇨🇭', 2],
    ['☎', 1],
    ['Ａ', 2],
    ['ｱ', 1],
    ['〈〉', 4],
    ['a\u200db', 2],
  ])('of %s are %i', (text, columns) => {
    expect(displayWidth(text)).toBe(columns);
    expect(displayWidth(padded(text, 20))).toBe(20);
  });
});
