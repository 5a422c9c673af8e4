import { valued } from '../../lib/policy/reading';
import { insideOf, outsideOf } from '../../lib/proof/allowlist';

it.each<[string, [string, string][], string | undefined, string | undefined]>([
  ['no list', [], undefined, undefined],
  ['a network', [['10.0.0.1', '10.0.0.9']], '10.0.0.1', '192.0.2.99'],
  ['the very network of the stranger', [['192.0.2.0', '192.0.2.255']], '192.0.2.0', '198.51.100.99'],
  ['every address', [['0.0.0.0', '255.255.255.255']], '0.0.0.0', undefined],
])('%s: an address in it, and one outside', (_, ranges, inside, outside) => {
  const refreshIpRanges = valued(ranges.map(([start, end]) => ({ start, end })));
  expect([insideOf({ fields: { refreshIpRanges } }), outsideOf({ fields: { refreshIpRanges } })]).toEqual([
    inside,
    outside,
  ]);
});
