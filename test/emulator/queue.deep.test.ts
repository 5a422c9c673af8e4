import { appOf, type Org, packageOf, startOrg, stopOrgs } from './support';

afterEach(stopOrgs);

const idOf = async (answer: Promise<Response>): Promise<string> => ((await (await answer).json()) as { id: string }).id;

async function statusOf(org: Org, id: string): Promise<string> {
  const answer = await org.get(`/services/data/v66.0/metadata/deployRequest/${id}`);
  return ((await answer.json()) as { deployResult: { status: string } }).deployResult.status;
}

describe('two deploys at once', () => {
  it('run one after the other', async () => {
    const org = await startOrg({ switches: { deployMs: 120 } });
    const first = await idOf(org.postDeploy(packageOf(appOf('First'))));
    const second = await idOf(org.postDeploy(packageOf(appOf('Second'))));
    const [one, two] = [await org.waitFor(first), await org.waitFor(second)];
    expect([one.status, two.status]).toEqual(['Succeeded', 'Succeeded']);
    // Moments rather than states on the way: a busy machine asks late.
    expect(Date.parse(two.startDate ?? '')).toBeGreaterThanOrEqual(Date.parse(one.completedDate ?? ''));
    expect((await org.retrieve({ ExternalClientApplication: ['*'] })).files.size).toBe(3);
  });

  it('see each other’s work: the second one fails on the first one’s names', async () => {
    const org = await startOrg({ switches: { deployMs: 20 } });
    const first = await idOf(org.postDeploy(packageOf(appOf('Portal'))));
    const rival = appOf('Portal').map(
      ([type, name, fields]) => [type, name.replace('_oauthPlcy', '_other'), fields] as const,
    );
    const second = await idOf(org.postDeploy(packageOf(rival)));
    expect((await org.waitFor(first)).status).toBe('Succeeded');
    expect((await org.waitFor(second)).problems).toEqual([
      'DUPLICATE_VALUE: ExtlClntAppOauthSettingsId duplicates value on Portal_oauthPlcy',
    ]);
  });

  it('do not wait for one that was cancelled', async () => {
    const org = await startOrg({ switches: { deployMs: 5000 } });
    const first = await idOf(org.postDeploy(packageOf(appOf('First'))));
    const second = await idOf(org.postDeploy(packageOf(appOf('Second'))));
    await org.soap('cancelDeploy', `<String>${first}</String>`);
    expect(await statusOf(org, first)).toBe('Canceled');
    expect(await statusOf(org, second)).toBe('InProgress');
    await org.soap('cancelDeploy', `<id>${second}</id>`);
    expect((await org.soap('cancelDeploy', `<id>${second}</id>`)).text).toContain('Deployment already completed');
  });
});

describe('a status', () => {
  it('goes from in progress to the end, and says when it changed', async () => {
    const org = await startOrg({ switches: { unfinishedPolls: 2 } });
    const id = await idOf(org.postDeploy(packageOf(appOf('Portal'))));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([await statusOf(org, id), await statusOf(org, id), await statusOf(org, id)]).toEqual([
      'InProgress',
      'InProgress',
      'Succeeded',
    ]);
    const { text } = await org.soap('checkDeployStatus', `<asyncProcessId>${id}</asyncProcessId>`);
    expect(text).toMatch(/<lastModifiedDate>\d{4}-/);
    expect(text).not.toContain('<details>');
  });
});

describe('many apps', () => {
  it('are deployed and retrieved in one go', async () => {
    const org = await startOrg();
    const components = Array.from({ length: 200 }, (_, n) => appOf(`App${n}`)).flat();
    expect(await org.deploy(components)).toMatchObject({ status: 'Succeeded', numberComponentsTotal: 1000 });
    const { files } = await org.retrieve({
      ExternalClientApplication: ['*'],
      ExtlClntAppOauthConfigurablePolicies: ['*'],
    });
    expect(files.size).toBe(401);
    expect(await org.deploy(components)).toMatchObject({ status: 'Succeeded' });
  });
});
