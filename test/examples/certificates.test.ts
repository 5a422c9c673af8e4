import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { LEAST_RSA_BITS, LONGEST_DAYS } from '../../lib/declaration/certificate-rules';
import { Certificate } from '../../lib/values/certificate';
import { daysUntil } from '../../lib/values/iso-date';

const EXAMPLES = join(__dirname, '../../examples');
const files = readdirSync(EXAMPLES, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.crt'));

describe('the certificates of the examples', () => {
  it.each(files)(
    '%s is what the controls ask for, and ends on 2028-12-31: see scripts/example-certificates.mjs',
    (name) => {
      const parsed = Certificate.parse(readFileSync(join(EXAMPLES, name), 'utf8'));
      if (!parsed.ok) throw new Error(parsed.error);
      const { key, brokenHash, notBefore, notAfter } = parsed.value;
      expect([key.type, (key.bits ?? 0) >= LEAST_RSA_BITS, brokenHash]).toEqual(['rsa', true, undefined]);
      expect(daysUntil(notAfter.slice(0, 10), notBefore.slice(0, 10))).toBeLessThanOrEqual(LONGEST_DAYS);
      expect(notAfter.slice(0, 10)).toBe('2028-12-31');
    },
  );
});
