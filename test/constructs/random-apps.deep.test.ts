import fc from 'fast-check';

import { MachineApp, PrivateClientApp, PublicClientApp } from '../../constructs';
import { diagnosticsOf, synthManifests } from '../../constructs/testing';
import { optionsOf } from '../../lib/options/table';
import { isError } from '../../lib/values/diagnostic';
import { apps, programs } from './arbitraries';
import { declareAll } from './declared';
import { orgIn, program, removeTemporaryFolders, temporaryFolder, untyped } from './support';

/** Nothing is written here; cdktf wants the folder all the same. */
const outdir = temporaryFolder();
afterAll(removeTemporaryFolders);

function declared(all: readonly { readonly id: string; readonly app: { construct: unknown; props: object } }[]) {
  const app = program({ outdir });
  const org = orgIn(app);
  org.oauthSettings({ allowCodeAndCredentialsFlow: true });
  declareAll(org, all);
  return app;
}

describe('for random valid apps', () => {
  it('there is no problem, and the manifest is the same whatever the order of declaration', () => {
    fc.assert(
      fc.property(programs, (all) => {
        const app = declared(all);
        expect(diagnosticsOf(app).filter(isError)).toEqual([]);
        const [manifest] = synthManifests(app);
        const reversed = synthManifests(declared([...all].reverse()))[0];
        expect(JSON.stringify(reversed)).toBe(JSON.stringify(manifest));
        expect(manifest?.apps).toHaveLength(all.length);
      }),
      { numRuns: 150 },
    );
  });

  it('of whatever shape, declaring never throws: it reports', () => {
    fc.assert(
      fc.property(fc.constantFrom(PublicClientApp, PrivateClientApp, MachineApp), fc.anything(), (construct, props) => {
        const app = program({ outdir });
        new (untyped(construct))(orgIn(app), 'App', props);
        expect(diagnosticsOf(app).length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });

  it('with one option of whatever shape, declaring never throws', () => {
    const optionNames = [...new Set([...optionsOf('private'), ...optionsOf('machine')])];
    fc.assert(
      fc.property(fc.constantFrom(...optionNames), fc.anything(), apps, (name, value, each) => {
        const props = { ...each.props, [name]: value };
        expect(() => diagnosticsOf(declared([{ id: 'App', app: { ...each, props } }]))).not.toThrow();
      }),
      { numRuns: 500 },
    );
  });
});
