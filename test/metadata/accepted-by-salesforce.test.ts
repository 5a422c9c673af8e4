import fc from 'fast-check';

import { Username } from '../../constructs';
import { readFields } from '../../lib/emulator/deploy/read-fields';
import { typeOfPath } from '../../lib/emulator/schema/schema';
import { NEWEST_API_VERSION, OLDEST_API_VERSION } from '../../lib/metadata/api-version';
import { componentType } from '../../lib/metadata/fields';
import { exists } from '../../lib/metadata/fields/field';
import { buildManifest } from '../../lib/metadata/manifest';
import { optionVersions } from '../../lib/metadata/option-versions';
import { parseXml } from '../../lib/metadata/package/xml';
import { customScope } from '../../lib/metadata/records/custom-scope';
import { tokenExchangeHandler } from '../../lib/metadata/records/token-exchange-handler';
import { appsAt } from '../constructs/arbitraries';
import { declaredIn, declareIn, type RandomApp } from '../constructs/declared';
import { customScopes, handlers } from '../constructs/oauth-record-arbitraries';
import { cases } from '../deep';
import { installFiles } from './install-files';

const RUNS = cases(300, 5_000);
const versions = Array.from({ length: NEWEST_API_VERSION - OLDEST_API_VERSION + 1 }, (_, n) => OLDEST_API_VERSION + n);

const manifestOf = (apiVersion: number, random: RandomApp) =>
  buildManifest({
    id: 'identity/prod',
    name: 'prod',
    path: 'identity/prod',
    apiVersion,
    engine: 'null',
    settings: {
      allowCodeAndCredentialsFlow: true,
      adminApprovedAppsOnly: false,
      allowPackagingFromDeveloperOrg: false,
    },
    assumptions: {},
    apps: [{ app: declaredIn(apiVersion, random) }],
  });

/** What Salesforce's own schema of the version says about a file; it was made from the WSDL, not from our table. */
function refusals(path: string, text: string, apiVersion: number): readonly string[] {
  const type = typeOfPath(path)?.type;
  const xml = parseXml(text);
  if (!type || !xml.ok) return [`${path} is no metadata file`];
  return readFields(xml.value, type.name, apiVersion, text).problems.map((problem) => problem.text);
}

describe.each(versions)('at API version %d', (apiVersion) => {
  it('every element that any app is written with is accepted', () => {
    fc.assert(
      fc.property(appsAt(apiVersion), (random) => {
        const files = [...installFiles(manifestOf(apiVersion, random))];
        // The undocumented record is written only where the app asks for it.
        const experimental = declaredIn(apiVersion, random).securitySettings === undefined ? 0 : 1;
        expect(files).toHaveLength(5 + experimental + 3);
        expect(files.flatMap(([path, text]) => refusals(path, text, apiVersion))).toEqual([]);
      }),
      { numRuns: Math.ceil(RUNS / versions.length) },
    );
  });

  it('every element that any custom scope or token exchange handler is written with is accepted', () => {
    const context = { path: 'identity/prod/Record', org: 'prod', id: 'Record', apiVersion, today: '2026-07-01' };
    const enabledFor = [
      { app: { externalClientApp: 'Portal' }, runAs: Username.of('exchange@acme.example') },
      { app: { connectedApp: 'Legacy' }, runAs: Username.of('exchange@acme.example'), isDefault: false },
    ];
    fc.assert(
      fc.property(customScopes, handlers, (scope, handler) => {
        const records = [
          customScope.declare({ ...scope, connectedApps: ['Legacy'] }, context),
          tokenExchangeHandler.declare({ ...handler, apexClass: 'Exchange', enabledFor }, context),
        ].map((declared) => {
          if (!declared.ok) throw new Error(declared.error.map(({ problem }) => problem).join('\n'));
          return { record: declared.value };
        });
        const org = { id: 'identity/prod', name: 'prod', path: 'identity/prod', engine: 'null' } as const;
        const manifest = buildManifest({ ...org, apiVersion, settings: {}, assumptions: {}, apps: [], records });
        const files = [...installFiles(manifest)];
        expect(files).toHaveLength(2);
        expect(files.flatMap(([path, text]) => refusals(path, text, apiVersion))).toEqual([]);
      }),
      { numRuns: Math.ceil(RUNS / versions.length) },
    );
  });

  it('an option that becomes a field of a newer version is refused, with that version; all others are written', () => {
    fc.assert(
      fc.property(appsAt(NEWEST_API_VERSION), (random) => {
        const declared = declareIn(apiVersion, random);
        // Scopes and lifetimes of a newer version are refused while the declaration is read.
        if (!declared.ok) {
          const kinds = declared.error.map(({ code }) => code);
          expect(kinds.every((code) => code === 'needs-newer-api-version' || code === 'invalid-duration')).toBe(true);
          return;
        }
        const problems = optionVersions(declared.value, apiVersion);
        const unwritten = manifestOf(apiVersion, random).apps.flatMap(({ components }) =>
          components.flatMap(({ type, fields }) =>
            Object.keys(fields).filter((name) => {
              const field = componentType(type)?.fields.find((each) => each.name === name);
              return field !== undefined && !exists(field, apiVersion);
            }),
          ),
        );
        if (unwritten.length > 0) expect(problems.length).toBeGreaterThan(0);
        for (const { allowed } of problems) expect(allowed).toMatch(/^apiVersion (6[1-8]) or newer$/);
      }),
      { numRuns: Math.ceil(RUNS / versions.length) },
    );
  });
});
