import fc from 'fast-check';

import { NEWEST_API_VERSION, OLDEST_API_VERSION } from '../../lib/metadata/api-version';
import { optionVersions } from '../../lib/metadata/option-versions';
import { toComponents } from '../../lib/metadata/to-components';
import type { ClientApp } from '../../lib/options/client-app';
import { appsAt } from '../constructs/arbitraries';
import { connectedAppsAt } from '../constructs/connected-app-arbitraries';
import { declareIn } from '../constructs/declared';
import { cases } from '../deep';

/** What older versions do anyway: tokens are opaque, and JWTs end by a timeout of their own. */
const AS_BEFORE = [
  'isNamedUserJwtEnabled false',
  'namedUserJwtSessionTimeoutType "Custom"',
  'guestJwtSessionTimeoutType "Custom"',
];

/** Fields that the author stated and that are written in a version. */
const stated = (app: ClientApp, version: number): readonly string[] =>
  toComponents(app, 'id', version).flatMap(({ fields }) =>
    Object.entries(fields).flatMap(([name, { value, ownership }]) =>
      ownership === 'stated' ? [`${name} ${JSON.stringify(value)}`] : [],
    ),
  );

describe('an option that the Metadata API version of the org does not know', () => {
  const older = Array.from({ length: NEWEST_API_VERSION - OLDEST_API_VERSION }, (_, n) => OLDEST_API_VERSION + n);

  it.each(['external-client-app', 'connected-app'] as const)('is never left out of a %s in silence', (platform) => {
    const apps = platform === 'connected-app' ? connectedAppsAt : appsAt;
    fc.assert(
      fc.property(fc.constantFrom(...older), apps(NEWEST_API_VERSION), (version, random) => {
        const app = declareIn(version, random);
        fc.pre(app.ok);
        const now = new Set(stated(app.value, version));
        const lost = stated(app.value, NEWEST_API_VERSION).filter(
          (each) => !now.has(each) && !AS_BEFORE.includes(each),
        );
        const problems = optionVersions(app.value, version);
        expect(problems.length === 0 ? lost : []).toEqual([]);
        // A value or a member of a record may be younger than its field, and a field may be gone.
        const withoutLoss = lost.length === 0 ? problems.map(({ field }) => field) : [];
        for (const field of withoutLoss) expect(field).toMatch(/^idToken\.|^requiredSessionLevel$|^apexHandler$/);
      }),
      { numRuns: cases(400, 5_000) },
    );
  });
});
