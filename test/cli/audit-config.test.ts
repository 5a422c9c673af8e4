import { SEED } from '../operations/support';
import { type Project, project } from './support';

let at: Project;
beforeEach(() => {
  at = project();
});
afterEach(() => at.remove());

interface Judged {
  readonly kinds: ReadonlyMap<string, { readonly kind: string; readonly confidence: string }>;
  readonly excluded: readonly { readonly api_name: string; readonly reason: string }[];
}

async function audit(config: object, source = SEED): Promise<{ code: number; err: string; judged: () => Judged }> {
  at.write('audit.json', JSON.stringify({ format_version: '1.0', ...config }));
  const { code, stdout, stderr } = await at.run(`audit --source ${source} --config audit.json --format json`);
  const judged = (): Judged => {
    const { audits } = JSON.parse(stdout) as {
      audits: {
        reports: { subject: { api_name?: string }; kind?: { kind: string; confidence: string } }[];
        excluded: Judged['excluded'];
      }[];
    };
    const kinds = (audits[0]?.reports ?? []).flatMap(({ subject, kind }) =>
      subject.api_name !== undefined && kind ? [[subject.api_name, kind] as const] : [],
    );
    return { kinds: new Map(kinds), excluded: audits[0]?.excluded ?? [] };
  };
  return { code, err: stderr, judged };
}

describe('client-apps audit --config', () => {
  it('a stated kind overrides what the evidence says', async () => {
    const { judged } = await audit({ apps: [{ api_name: 'Data_Loader_Nightly', kind: 'machine' }] });
    expect(judged().kinds.get('Data_Loader_Nightly')).toMatchObject({ kind: 'machine', confidence: 'stated' });
    expect(judged().kinds.get('Legacy_Portal')).toMatchObject({ kind: 'private', confidence: 'medium' });
  });

  it('an excluded app is not judged, and the report says why', async () => {
    const { judged } = await audit({ exclude: [{ api_name: 'Legacy_Portal', reason: 'switched off in June' }] });
    expect(judged().kinds.has('Legacy_Portal')).toBe(false);
    expect(judged().excluded).toMatchObject([{ api_name: 'Legacy_Portal', reason: 'switched off in June' }]);
    for (const format of ['text', 'markdown', 'html', 'csv']) {
      const { stdout } = await at.run(`audit --source ${SEED} --config audit.json --format ${format}`);
      expect(stdout.replaceAll('\\', '')).toContain('switched off in June');
    }
  });

  it('an app that is not there is an error, not a word to the wind', async () => {
    const { code, err } = await audit({ apps: [{ api_name: 'Legacy_Portl', kind: 'private' }] });
    expect(code).toBe(1);
    expect(err).toMatch(/Legacy_Portl[\s\S]*Legacy_Portal/);
  });

  it('works for a live org as well, by name of the org', async () => {
    const entry = { api_name: 'Legacy_Portal', org: 'prod', kind: 'public' };
    at.write('audit.json', JSON.stringify({ format_version: '1.0', apps: [entry] }));
    const { stdout } = await at.run(`audit --local --seed ${SEED} --org prod --config audit.json`);
    expect(stdout).toMatch(/Legacy_Portal, client kind public \(stated\)/);
    const wrong = await at.run(`audit --local --seed ${SEED} --org test --config audit.json`);
    expect(wrong.code).toBe(1);
  });

  it('an app that nothing can be said about is judged by both policies and says so', async () => {
    at.write(
      'source/connectedApps/Mystery.connectedApp',
      '<ConnectedApp xmlns="http://soap.sforce.com/2006/04/metadata"><label>M</label><oauthConfig><scopes>Api</scopes></oauthConfig></ConnectedApp>',
    );
    const { stdout } = await at.run('audit --source source');
    expect(stdout).toContain('Checked against the policies of private and public clients');
    expect(stdout).toContain('--config can set the kind');
  });
});
