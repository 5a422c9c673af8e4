import type { EmulatorOptions } from '../../lib/emulator';
import { seedOrgProblems } from '../../lib/emulator/seed-org';
import { project } from '../cli/support';
import { appOf, type Json, type Org, startOrg, stopOrgs } from './support';

afterEach(stopOrgs);

const FIELDS = 'MemberType, MemberName, RevisionCounter, IsNewMember, IsNameObsolete';
const tooling = async (org: Org, soql: string): Promise<Json> => {
  const answer = await org.get(`/services/data/v66.0/tooling/query?q=${encodeURIComponent(soql)}`);
  return { status: answer.status, body: await answer.json() };
};
/** What changed after this revision, as the Salesforce CLI asks. */
const changedSince = async (org: Org, revision: number): Promise<readonly Json[]> => {
  const { body } = await tooling(org, `SELECT ${FIELDS} FROM SourceMember WHERE RevisionCounter > ${revision}`);
  return (body as { readonly records: readonly Json[] }).records;
};
const HEADER = 'ExternalClientApplication';
const headers = (members: readonly Json[]): readonly Json[] =>
  members.filter(({ MemberType }) => MemberType === HEADER);
const revisionOf = (members: readonly Json[]): number =>
  Math.max(...members.map(({ RevisionCounter }) => Number(RevisionCounter)));
const sandbox = (options: EmulatorOptions = {}): Promise<Org> => startOrg({ org: { sandbox: 'dev' }, ...options });

describe('a sandbox tracks its source', () => {
  it('from new over changed to gone, with a revision that only grows', async () => {
    const org = await sandbox();
    expect(await changedSince(org, 0)).toEqual([]);
    await org.deploy(appOf('Portal'));
    const created = await changedSince(org, 0);
    expect(created.map(({ MemberName }) => MemberName)).toEqual([
      ...['Portal', 'Portal_oauth', 'Portal_glbloauth', 'Portal_plcy', 'Portal_oauthPlcy'],
    ]);
    expect(created).toEqual(created.map((one) => ({ ...one, IsNewMember: true, IsNameObsolete: false })));

    await org.deploy(appOf('Portal', { header: { label: 'Another' } }));
    const changed = await changedSince(org, revisionOf(created));
    expect(changed).toEqual([
      expect.objectContaining({ MemberType: HEADER, MemberName: 'Portal', IsNewMember: false, IsNameObsolete: false }),
    ]);

    const { text } = await org.soap('deleteMetadata', `<type>${HEADER}</type><fullNames>Portal</fullNames>`);
    expect(text).toContain('<success>true</success>');
    const gone = await changedSince(org, revisionOf(changed));
    expect(headers(gone)).toEqual([expect.objectContaining({ MemberName: 'Portal', IsNameObsolete: true })]);
    // The rows of components stay, one for each.
    expect((await changedSince(org, 0)).length).toBe(created.length);
  });

  it('not what is checked only, refused, or the same as before', async () => {
    const org = await sandbox();
    await org.deploy(appOf('Portal'), { checkOnly: true });
    await org.deploy(appOf('Broken', { global: { callbackUrl: 'no address' } }));
    expect(await changedSince(org, 0)).toEqual([]);
    await org.deploy(appOf('Portal'));
    const revision = revisionOf(await changedSince(org, 0));
    await org.deploy(appOf('Portal'));
    expect(await changedSince(org, revision)).toEqual([]);
  });

  it('and keeps it in the state file; a refresh begins anew', async () => {
    const here = project();
    const stateFile = here.path('org.json');
    const first = await sandbox({ stateFile });
    await first.deploy(appOf('Portal'));
    const members = await changedSince(first, 0);
    await stopOrgs();
    const second = await startOrg({ stateFile });
    expect(await changedSince(second, 0)).toEqual(members);
    const { accessToken } = second.refresh({ name: 'dev' });
    const path = '/services/data/v66.0/tooling/query?q=SELECT+Id+FROM+SourceMember';
    expect(await (await second.get(path, accessToken)).json()).toMatchObject({ totalSize: 0 });
    here.remove();
  });
});

it('an org that is no sandbox knows no SourceMember', async () => {
  const org = await startOrg();
  await org.deploy(appOf('Portal'));
  expect(await tooling(org, 'SELECT Id FROM SourceMember')).toMatchObject({
    status: 400,
    body: [{ errorCode: 'INVALID_TYPE' }],
  });
});

it('a seed with a name that no sandbox can have is refused', () => {
  expect(seedOrgProblems({ sandbox: 'dev' })).toEqual([]);
  expect(seedOrgProblems({ sandbox: 'not a name' })).toEqual(['sandbox: has 1 to 10 letters and digits.']);
});
