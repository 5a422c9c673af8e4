import type { ObservedOrg } from '../../lib/metadata/observed';
import type { ApplyJournal } from '../../lib/operations/journal';
import { finishing } from '../../lib/operations/resume';
import type { OrgReceipt } from '../../lib/operations/types';

const ids = { format_version: '1.1', org: 'prod', org_id: '00D000000000001AAA', manifest_id: 'identity/prod' };
const receipt: OrgReceipt = { ...ids, plan_digest: '', apps: [], settings: [], phases: [], remarks: [] };
const journal: ApplyJournal = {
  ...{ ...ids, plan_digest: '', begun: '2026-11-20T10:00:00.000Z', phases: [], created: [], opened: [], deploys: [] },
  deleted: ['ExternalClientApplication:Portal', 'ConnectedApp:Legacy'],
};
const empty: ObservedOrg = {
  apps: new Map(),
  connectedApps: new Map(),
  settings: {},
  oauthRecords: {},
  unplaced: [],
};
const actions = (observed: ObservedOrg) =>
  finishing(receipt, journal, { path: 'identity/prod', observed }).apps.map(({ api_name: name, action }) => [
    name,
    action,
  ]);

describe('the receipt of an apply that finished a deletion', () => {
  it('says deleted of what the org no longer has', () => {
    expect(actions(empty)).toEqual([
      ['Portal', 'deleted'],
      ['Legacy', 'deleted'],
    ]);
  });

  it('says unknown of a Connected App where the org does not tell which it has', () => {
    expect(actions({ ...empty, connectedAppsUnread: 'no permission' })).toEqual([
      ['Portal', 'deleted'],
      ['Legacy', 'unknown'],
    ]);
  });
});
