import { CONTROLS } from '../../lib/policy/controls';
import { runCommand } from './support';

describe('client-apps explain --list', () => {
  it('lists every control once, with severity and title', async () => {
    const { code, stdout } = await runCommand('explain --list', '.');
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.map((line) => line.split(' ')[0])).toEqual(CONTROLS.map(({ id }) => id));
    expect(stdout).toMatch(/^SFCA-CA-PKCE +High to Critical +PKCE is required$/m);
    expect(stdout).toMatch(/^SFCA-ECA-JWT-ACCESS-TOKENS +advice +Access tokens are JSON Web Tokens$/m);
  });

  it('prints the same as JSON', async () => {
    const { stdout } = await runCommand('explain --list --json', '.');
    const { format_version: version, controls } = JSON.parse(stdout) as { format_version: string; controls: unknown[] };
    expect(version).toBe('1.0');
    expect(controls).toHaveLength(CONTROLS.length);
    expect(controls).toContainEqual({
      id: 'SFCA-ECA-PKCE',
      title: 'PKCE is required',
      severity: { from: 'high', to: 'high', by: 'salesforce' },
      platforms: ['external-client-app'],
      kinds: ['private', 'public', 'machine'],
    });
  });

  it.each(['explain', 'explain SFCA-ECA-PKCE --list', 'explain SFCA-ECA-PKCE --json'])(
    'says how it is used where it is misused: %s',
    async (line) => {
      const { code, stderr } = await runCommand(line, '.');
      expect(code).toBe(1);
      expect(stderr).toContain('explain-usage');
      expect(stderr).toContain('--list');
    },
  );
});
