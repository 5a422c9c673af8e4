import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { transformSync } from '@swc/core';

import { PublicClientApp } from '../../constructs';
import { synthManifests } from '../../constructs/testing';
import { firstOwnFrame } from '../../lib/synth/source/location';
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

describe('the place of a declaration in compiled code', () => {
  const folder = mkdtempSync(join(tmpdir(), 'client-apps-map-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const TYPESCRIPT = 'interface A {\n  b: string;\n}\n\nconst a: A = { b: 1 as never };\nconsole.log(\n  a,\n);\n';

  /** Compiles the source as a file of its own and gives the place of `console.log` in it. */
  function compiled(name: string, sourceMaps: true | 'inline', after = ''): string {
    const { code, map = '' } = transformSync(TYPESCRIPT, {
      filename: join(folder, `${name}.ts`),
      sourceFileName: `${name}.ts`,
      sourceMaps,
      jsc: { parser: { syntax: 'typescript' } },
    });
    writeFileSync(join(folder, `${name}.js`), `${code}${after}`);
    if (after !== '') writeFileSync(join(folder, `${name}.js.map`), map);
    const line = code.split('\n').findIndex((text) => text.startsWith('console.log')) + 1;
    return `main (${join(folder, `${name}.js`)}:${line}:1)`;
  }

  it('is the line of the source, by the map beside it or in it', () => {
    const beside = compiled('beside', true, '\n//# sourceMappingURL=beside.js.map\n');
    expect(firstOwnFrame(stack(beside), folder)).toEqual({ file: 'beside.ts', line: 6 });
    const inside = compiled('inside', 'inline');
    expect(firstOwnFrame(stack(inside), folder)).toEqual({ file: 'inside.ts', line: 6 });
  });

  it('is the compiled line where the map is missing or damaged', () => {
    const missing = compiled('missing', true, '\n//# sourceMappingURL=nowhere.map\n');
    expect(firstOwnFrame(stack(missing), folder)?.file).toBe('missing.js');
    const damaged = compiled('damaged', true, '\n//# sourceMappingURL=damaged.js.map\n');
    writeFileSync(join(folder, 'damaged.js.map'), '{');
    expect(firstOwnFrame(stack(damaged), folder)?.file).toBe('damaged.js');
  });
});
