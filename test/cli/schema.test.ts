import { project } from './support';

describe('client-apps schema diff', () => {
  const here = project();
  afterAll(() => here.remove());

  it('lists what a newer version adds, with what holds without a word about it', async () => {
    const { code, stdout } = await here.run('schema diff 62 66');
    expect(code).toBe(0);
    expect(stdout).toContain('namedUserJwtSessionTimeoutType');
    expect(stdout).not.toContain('isPkceRequired');
  });

  it('tells programs the same as JSON', async () => {
    const { code, stdout } = await here.run('schema diff 62 66 --json');
    expect(code).toBe(0);
    const shown = JSON.parse(stdout) as { format_version: string; from: number; to: number; changes: unknown[] };
    expect(shown).toMatchObject({ format_version: '1.0', from: 62, to: 66 });
    expect(shown.changes.length).toBeGreaterThan(3);
  });

  it('refuses a version that is not modeled, both at once', async () => {
    const { code, stdout, stderr } = await here.run('schema diff 59 7x');
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr.match(/invalid-api-version/g)).toHaveLength(2);
  });
});
