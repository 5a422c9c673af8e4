import fc from 'fast-check';

import { readFields } from '../../../lib/emulator/deploy/read-fields';
import { NEWEST_API_VERSION, OLDEST_API_VERSION } from '../../../lib/metadata/api-version';
import { encode } from '../../../lib/metadata/encode';
import { optionVersions } from '../../../lib/metadata/option-versions';
import { parseXml } from '../../../lib/metadata/package/xml';
import { toComponents } from '../../../lib/metadata/to-components';
import type { ClientApp } from '../../../lib/options/client-app';
import { connectedAppsAt } from '../../constructs/connected-app-arbitraries';
import { declaredIn } from '../../constructs/declared';
import { cases } from '../../deep';
import { fromComponents, type FromContext } from '../from-components';

const RUNS = cases(300, 5_000);
const versions = Array.from({ length: NEWEST_API_VERSION - OLDEST_API_VERSION + 1 }, (_, n) => OLDEST_API_VERSION + n);
const numRuns = Math.ceil(RUNS / versions.length);

const contextOf = ({ kind, path, adopt, exceptions }: ClientApp, apiVersion: number): FromContext => ({
  kind,
  path,
  adopt,
  exceptions,
  apiVersion,
});

/** What Salesforce's own schema of the version, which was made from the WSDL, says about the app's file. */
function refusals(app: ClientApp, apiVersion: number): readonly string[] {
  return toComponents(app, 'identity/prod', apiVersion).flatMap(({ type, fullName, fields }) => {
    const stated = Object.entries(fields).flatMap(([name, { value }]) =>
      Array.isArray(value) && value.length === 0 ? [] : [[name, value] as const],
    );
    const text = encode({ type, fullName, fields: Object.fromEntries(stated) }, { apiVersion });
    const xml = parseXml(text);
    if (!xml.ok) return [xml.error.problem];
    return readFields(xml.value, type, apiVersion, text).problems.map((problem) => problem.text);
  });
}

describe.each(versions)('Connected Apps at API version %d', (apiVersion) => {
  it('come back from their component, whatever they declare', () => {
    fc.assert(
      fc.property(connectedAppsAt(apiVersion), (random) => {
        const app = declaredIn(apiVersion, random);
        const components = toComponents(app, 'identity/prod', apiVersion);
        expect(components.map(({ type }) => type)).toEqual(['ConnectedApp']);
        expect(fromComponents(components, contextOf(app, apiVersion))).toEqual({ ok: true, value: app });
      }),
      { numRuns },
    );
  });

  it('are written with elements that Salesforce’s schema accepts, and with nothing missing', () => {
    fc.assert(
      fc.property(connectedAppsAt(apiVersion), (random) => {
        const app = declaredIn(apiVersion, random);
        expect(optionVersions(app, apiVersion)).toEqual([]);
        expect(refusals(app, apiVersion)).toEqual([]);
      }),
      { numRuns },
    );
  });
});
