import { digest } from '../../lib/metadata/digest';
import { type Manifest, manifestDigest } from '../../lib/metadata/manifest';
import { readManifest } from '../../lib/metadata/manifest-file';
import type { Diagnostic } from '../../lib/values/diagnostic';
import { declared, twoApps } from '../operations/support';

type Json = Record<string, unknown>;

describe('a manifest file', () => {
  const manifest = declared(twoApps);
  const text = JSON.stringify(manifest);

  const problemsOf = (content: string): readonly Diagnostic[] => {
    const read = readManifest(content, 'manifest.json');
    if (read.ok) throw new Error('the manifest was accepted');
    return read.error;
  };
  /** An edit with digests that fit, so that only the checks behind them can refuse it. */
  const forged = (edit: (app: Json, whole: Json) => void): string => {
    const body = JSON.parse(text) as Json;
    Reflect.deleteProperty(body, 'digest');
    const apps = body['apps'] as Json[];
    edit(apps[0] ?? {}, body);
    for (const app of apps) app['digest'] = digest(app['components']);
    return JSON.stringify({ ...body, digest: manifestDigest(body as unknown as Manifest) });
  };
  const fieldsOf = (app: Json, at: number): Json => ((app['components'] as Json[])[at] ?? {})['fields'] as Json;

  test('is read as synth wrote it', () => {
    expect(readManifest(text, 'manifest.json')).toEqual({ ok: true, value: manifest });
  });

  test('is refused when an app in it was edited, and the app is named', () => {
    const edited = text.replace('mobile://oauth', 'https://evil.example');
    expect(problemsOf(edited)).toMatchObject([
      { code: 'manifest-unusable', path: 'manifest.json', field: 'apps[0]', severity: 'error' },
    ]);
  });

  test('is refused when anything else in it was edited', () => {
    const edited = text.replace('"name":"prod"', '"name":"test"');
    expect(edited).not.toBe(text);
    expect(problemsOf(edited)).toMatchObject([{ field: 'digest' }]);
  });

  test.each(['consumerSecret', 'shouldRotateConsumerSecret', 'consumerKey'])('cannot declare %s', (name) => {
    const content = forged((app) => (fieldsOf(app, 1)[name] = { value: 'text', ownership: 'stated' }));
    const [problem] = problemsOf(content);
    expect(problem).toMatchObject({ field: `apps[0].components[1].fields.${name}` });
    expect(problem?.problem).toContain('no such field to declare');
  });

  test('with a component type this program does not know is refused', () => {
    const content = forged((app) => (((app['components'] as Json[])[0] ?? {})['type'] = 'Profile'));
    expect(problemsOf(content)).toMatchObject([{ field: 'apps[0].components[0].type', value: '"Profile"' }]);
  });

  test('with an API version this program does not know is refused', () => {
    const content = forged((_, whole) => ((whole['org'] as Json)['api_version'] = 99));
    expect(problemsOf(content)).toMatchObject([{ field: 'org.api_version', value: '99' }]);
  });

  test('of another major version is refused without looking further', () => {
    const content = forged((app, whole) => {
      whole['format_version'] = '2.0';
      app['kind'] = 'new';
    });
    expect(problemsOf(content)).toMatchObject([{ field: 'format_version', value: '"2.0"', allowed: '1.x' }]);
  });

  test('that is no JSON is refused with the reason', () => {
    expect(problemsOf('{')[0]?.problem).toMatch(/^this is not valid JSON: .*position 1/);
    expect(problemsOf(' \n')[0]?.problem).toBe('this is not valid JSON: the file is empty');
  });

  test.each([
    ['a token', 'hunter2-hunter2'],
    ['variables', 'SF_CLIENT_SECRET=hunter2'],
    ['a secret without quotes', '{"secret": hunter2}'],
    ['a secret with a line break', '{"secret": "hunter2\n"}'],
    ['a key', '-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----'],
  ])('named by mistake, with %s in it, is refused without quoting it', (_, content) => {
    const problems = problemsOf(content);
    expect(problems[0]?.problem).toMatch(/^this is not valid JSON/);
    expect(JSON.stringify(problems)).not.toMatch(/hunt|SF_|KEY/);
  });
});
