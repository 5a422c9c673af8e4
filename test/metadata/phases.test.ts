import { isOpen, phaseFolder, PHASES } from '../../lib/metadata/phases';
import { customScope } from '../../lib/metadata/records/custom-scope';
import { tokenExchangeHandler } from '../../lib/metadata/records/token-exchange-handler';

describe('the phases of an org', () => {
  it.each([
    ['true-widens', true, true],
    ['true-widens', false, false],
    ['true-widens', undefined, false],
    ['true-narrows', true, false],
    ['true-narrows', false, true],
    ['true-narrows', undefined, true],
    ['neutral', true, false],
    ['undocumented', true, false],
  ] as const)('a switch whose direction is %s opens something at %s: %s', (direction, value, expected) => {
    expect(isOpen({ direction }, value)).toBe(expected);
  });

  it('have custom scopes before the apps that take them, and handlers after the apps that they name', () => {
    const order = [customScope, tokenExchangeHandler].map(({ phase }) => PHASES.indexOf(phase));
    expect(order).toEqual([PHASES.indexOf('apps') - 1, PHASES.indexOf('apps') + 1]);
    expect(PHASES.map((name, index) => phaseFolder(index, name))).toEqual([
      '1-enable',
      '2-apps',
      '3-handlers',
      '4-tighten',
    ]);
  });
});
