import fc from 'fast-check';

import { importProgram } from '../../lib/import';
import type { ImportedProgram } from '../../lib/import/model';
import { parseXml } from '../../lib/metadata/package/xml';
import { filesForImport } from '../../lib/operations/read-import';
import { fail, ok } from '../../lib/values/result';
import { cases } from '../deep';
import { respell, type Spelling, spellings } from '../metadata/respell';
import { filesOf } from './files-of';
import { orgs } from './random-orgs';

const RUNS = cases(3, 30);
const VERSIONS = fc.integer({ min: 60, max: 68 });

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
