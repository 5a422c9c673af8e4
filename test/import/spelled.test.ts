import fc from 'fast-check';

import { importProgram } from '../../lib/import';
import type { ImportedProgram } from '../../lib/import/model';
import type { Component } from '../../lib/metadata/component';
import { encode } from '../../lib/metadata/encode';
import type { ObservedOrg } from '../../lib/metadata/observed';
import { componentPath } from '../../lib/metadata/package/layout';
import { parseXml } from '../../lib/metadata/package/xml';
import { filesForImport } from '../../lib/operations/read-import';
import { fail, ok } from '../../lib/values/result';
import { cases } from '../deep';
import { respell, type Spelling, spellings } from '../metadata/respell';
import { orgs } from './random-orgs';

const RUNS = cases(3, 30);
const VERSIONS = fc.integer({ min: 60, max: 68 });

/** The files of an org, as Salesforce writes them. */
function filesOf({ apps }: ObservedOrg, apiVersion: number): ReadonlyMap<string, string> {
  const components = [...apps.values()].flatMap((app) =>
    Object.values(app.components).flatMap((each): readonly Component[] =>
      each?.state === 'present' ? [each.component] : [],
    ),
  );
  return new Map(
    components.map((each) => [componentPath(each.type, each.fullName), encode(each, { apiVersion })] as const),
  );
}

/** The same files by another hand. */
function respelled(files: ReadonlyMap<string, string>, spelling: Spelling): ReadonlyMap<string, string> {
  return new Map(
    [...files].map(([path, text]) => {
      const root = parseXml(text);
      if (!root.ok) throw new Error(root.error.problem);
      return [path, respell(root.value, spelling)] as const;
    }),
  );
}

function imported(files: ReadonlyMap<string, string>, apiVersion: number): ImportedProgram {
  const source = {
    paths: [...files.keys()],
    unread: [],
    read: (path: string) => {
      const text = files.get(path);
      return text === undefined ? fail('it is not there') : ok(text);
    },
    shown: (path: string) => path,
  };
  const { org, unread } = filesForImport(source, 'prod', apiVersion);
  expect(unread).toEqual([]);
  return importProgram({ orgs: [org], kinds: new Map(), keepAsIs: new Map(), today: '2026-11-21' });
}

it('however its files are spelled, an org is the same program', () => {
  const org = VERSIONS.chain((version) => fc.tuple(fc.constant(version), orgs(version, 3), spellings([])));
  let apps = 0;
  fc.assert(
    fc.property(org, ([version, observed, spelling]) => {
      const files = filesOf(observed, version);
      const plain = imported(files, version);
      expect(imported(respelled(files, spelling), version)).toEqual(plain);
      apps += plain.apps.length;
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
  expect(apps).toBeGreaterThan(0);
});
