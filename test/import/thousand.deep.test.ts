import { manyTokens } from '../../bench/usage';
import { writeSeed } from '../cli/messy-support';
import { fastOrg, login, project } from '../cli/support';

it('a thousand apps are imported by one retrieve, and no call for each of them', async () => {
  const here = project();
  const salesforce = await fastOrg({ seedDir: writeSeed(here, manyTokens(0)) });
  try {
    const { code, stdout } = await here.run('import prod --out clients --json', { environment: login(salesforce) });
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as { readonly apps: readonly unknown[] }).apps).toHaveLength(1_000);
    const calls = salesforce.calls().map(({ operation }) => operation);
    expect(calls.filter((operation) => operation === 'retrieve')).toHaveLength(1);
    expect(calls.filter((operation) => operation !== 'checkRetrieveStatus').length).toBeLessThan(20);
  } finally {
    await salesforce.close();
    here.remove();
  }
});
