import { diagnosticsOf, synthManifests } from '../../constructs/testing';
import { orgIn, program, removeTemporaryFolders } from './support';

afterEach(removeTemporaryFolders);

const loader = { app: 'Loader', owner: 'ops@acme.example', purpose: 'loads', review: '2027-01-31' };

describe('org.knows', () => {
  it('writes the apps into the manifest, by name', () => {
    const app = program();
    const prod = orgIn(app);
    prod.knows(loader);
    prod.knows({ ...loader, app: 'Backup', vendor: 'Acme' });
    const [manifest] = synthManifests(app).values();
    expect(manifest?.known_apps).toEqual([{ ...loader, app: 'Backup', vendor: 'Acme' }, loader]);
  });

  it.each([
    [{ ...loader, owner: ' ' }, 'owner is missing'],
    [{ ...loader, review: '31.1.2027' }, 'review is not a calendar date written YYYY-MM-DD'],
    [{ ...loader, vendor: '' }, 'vendor is empty'],
    ['Loader', 'this is not a known app'],
  ])('refuses what nobody could act on: %j', (stated, problem) => {
    const app = program();
    orgIn(app).knows(stated as never);
    expect(diagnosticsOf(app)).toMatchObject([{ code: 'known-app-unusable', problem }]);
  });

  it('refuses an app that is named twice', () => {
    const app = program();
    const prod = orgIn(app);
    prod.knows(loader);
    prod.knows(loader);
    expect(diagnosticsOf(app)).toMatchObject([{ problem: 'the app is named twice', field: 'knows(Loader)' }]);
  });
});
