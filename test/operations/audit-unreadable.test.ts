import { auditOrg } from '../../lib/operations/audit';
import type { Org } from '../../lib/org/org';
import { bench, SEED, TODAY } from './support';

it('a live Connected App with a value that is none is not judged, and listed with the line', async () => {
  const salesforce = await bench({ seedDir: SEED });
  try {
    const org = Object.assign(Object.create(salesforce.org) as Org, {
      retrieve: (async (request, options) => {
        const answer = await salesforce.org.retrieve(request, options);
        const spoiled = [...answer.files].map(
          ([path, text]) => [path, text.replace(/(<ConnectedApp[^]*<isPkceRequired>)\w+/, '$1perhaps')] as const,
        );
        return { ...answer, files: new Map(spoiled) };
      }) satisfies Org['retrieve'],
    });
    const { reports, unread } = await auditOrg(org, { source: 'prod', today: TODAY, apiVersion: 66 });
    const old = reports.find(({ subject }) => subject.type === 'app' && subject.platform === 'connected-app');
    expect(old?.results.find(({ control }) => control === 'SFCA-CA-PKCE')?.outcome).toBe('not-evaluated');
    expect(unread).toEqual([
      {
        path: 'connectedApps/Data_Loader_Nightly.connectedApp',
        reason: expect.stringMatching(/^line \d+: .*"perhaps", not true or false/) as unknown,
      },
    ]);
    expect(reports.filter(({ score }) => score.value !== undefined).length).toBeGreaterThan(0);
  } finally {
    await salesforce.close();
  }
});

it('a live Connected App that Salesforce does not give out is judged as not read, and not left out', async () => {
  const salesforce = await bench({ seedDir: SEED });
  try {
    const path = 'connectedApps/Data_Loader_Nightly.connectedApp';
    const org = Object.assign(Object.create(salesforce.org) as Org, {
      retrieve: (async (request, options) => {
        const answer = await salesforce.org.retrieve(request, options);
        const files = new Map([...answer.files].filter(([name]) => name !== path));
        if (files.size === answer.files.size) return answer;
        return { ...answer, files, problems: [...answer.problems, { fileName: path, problem: 'insufficient access' }] };
      }) satisfies Org['retrieve'],
    });
    const { reports } = await auditOrg(org, { source: 'prod', today: TODAY, apiVersion: 66 });
    const old = reports.find(({ subject }) => subject.type === 'app' && subject.platform === 'connected-app');
    const pkce = old?.results.find(({ control }) => control === 'SFCA-CA-PKCE');
    expect(pkce).toMatchObject({ outcome: 'not-evaluated', because: 'insufficient access' });
  } finally {
    await salesforce.close();
  }
});
