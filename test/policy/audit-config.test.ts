import { readConfig } from '../../lib/cli/config/read-config';
import { unknownApps } from '../../lib/policy/audit-config';

const read = (content: object) => readConfig(JSON.stringify({ format_version: '1.0', ...content }), 'audit.json');

const problems = (content: object): readonly string[] => {
  const result = read(content);
  return result.ok ? [] : result.error.map(({ field = '', problem }) => `${field}: ${problem}`);
};

const SEEN = [
  { api_name: 'Portal', platform: 'external-client-app', org: 'prod' },
  { api_name: 'Loader', platform: 'connected-app', org: 'prod' },
] as const;

function unknown(content: object): readonly string[] {
  const result = read(content);
  if (!result.ok) throw new Error(result.error.map(({ problem }) => problem).join());
  return unknownApps(result.value, SEEN, 'audit.json').map(({ value = '', remedy }) => `${value} ${remedy}`);
}

describe('an audit configuration', () => {
  it('may be empty', () => expect(read({}).ok).toBe(true));

  it.each([
    [{ apps: [{ api_name: 'A', kind: 'server' }] }, /apps\[0\]\.kind/],
    [{ apps: [{ api_name: 'A', kind: 'public', color: 'red' }] }, /apps\[0\]/],
    [{ exclude: [{ api_name: 'A' }] }, /exclude\[0\]\.reason/],
    [{ exclude: [{ api_name: 'A', reason: '         no' }] }, /10 characters/],
    [{ format_version: '2.0' }, /major version/],
    [{ app: [] }, /app: there is no such key/],
  ])('refuses %j, and says where', (content, expected) => {
    expect(problems(content).join()).toMatch(expected);
  });

  it('refuses two entries about one app, whatever they say', () => {
    const apps = [{ api_name: 'A', kind: 'public' }];
    expect(problems({ apps, exclude: [{ api_name: 'A', reason: 'retired in autumn' }] }).join()).toMatch(
      /exclude\[0\].*apps\[0\]/,
    );
    expect(problems({ apps: [...apps, { api_name: 'A', kind: 'machine', org: 'prod' }] })).toHaveLength(1);
    const apart = [
      { api_name: 'A', kind: 'public', platform: 'connected-app' },
      { api_name: 'A', kind: 'machine', platform: 'external-client-app' },
    ];
    expect(problems({ apps: apart })).toEqual([]);
  });

  it('tells of apps that nobody has seen, with the nearest name', () => {
    expect(unknown({ apps: [{ api_name: 'Portl', kind: 'public' }] })[0]).toMatch(/Portl.*Portal/);
    expect(unknown({ apps: [{ api_name: 'Portal', kind: 'public', platform: 'connected-app' }] })).toHaveLength(1);
    expect(unknown({ apps: [{ api_name: 'Portal', kind: 'public', org: 'test' }] })).toHaveLength(1);
    expect(unknown({ apps: [{ api_name: 'Portal', kind: 'public', org: 'prod' }] })).toEqual([]);
    expect(unknown({ exclude: [{ api_name: 'Loader', reason: 'retired in autumn' }] })).toEqual([]);
  });
});
