import { PublicClientApp } from '../../constructs';
import { firstOwnFrame } from '../../constructs/source-location';
import { synthManifests } from '../../constructs/testing';
import { orgIn, program, publicProps, removeTemporaryFolders } from './support';

afterEach(removeTemporaryFolders);

const stack = (...frames: string[]) => ['Error', ...frames.map((frame) => `    at ${frame}`)].join('\n');

describe('the place of a declaration', () => {
  it.each([
    ['Object.<anonymous> (/project/src/main.js:12:3)', 'src/main.js', 12],
    ['/project/main.js:7:1', 'main.js', 7],
    ['async /project/main.mjs:7:1', 'main.mjs', 7],
    ['new Portal (file:///project/src/a%20b.mjs:3:9)', 'src/a b.mjs', 3],
    ['main (/elsewhere/main.js:1:1)', '../elsewhere/main.js', 1],
  ])('is read from %s', (frame, file, line) => {
    expect(firstOwnFrame(stack(frame), '/project')).toEqual({ file, line });
  });

  it('is never in a dependency or in Node itself', () => {
    const frames = ['x (/project/node_modules/kit/index.js:1:1)', 'y (node:internal/x:1:1)', '<anonymous>'];
    expect(firstOwnFrame(stack(...frames), '/project')).toBeUndefined();
    expect(firstOwnFrame(stack(...frames, 'z (/project/a.js:4:4)'), '/project')).toEqual({ file: 'a.js', line: 4 });
  });

  it('is where a subclass is used, not where it is written', () => {
    class FieldApp extends PublicClientApp {}
    const app = program();
    const org = orgIn(app);
    const here = firstOwnFrame(new Error().stack ?? '', process.cwd())?.line ?? 0;
    new FieldApp(org, 'FieldApp', publicProps);
    expect(synthManifests(app)[0]?.apps[0]?.source?.line).toBe(here + 1);
  });

  it('leaves the depth of stack traces as it was', () => {
    const before = Error.stackTraceLimit;
    new PublicClientApp(orgIn(program()), 'FieldApp', publicProps);
    expect(Error.stackTraceLimit).toBe(before);
  });
});
