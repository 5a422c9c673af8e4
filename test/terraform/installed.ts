import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { buildSync } from 'esbuild';

const root = join(__dirname, '../..');
const NAME = 'cdktf-salesforce-client-apps';

/** Puts this package, built from the sources, and the command where a project has them after npm install. */
export function installPackage(project: string, cdk = 'cdktf'): void {
  const home = join(project, 'node_modules', NAME);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string };
  write(join(project, 'package.json'), '{"name":"project","version":"1.0.0"}');
  write(join(home, 'package.json'), JSON.stringify({ name: NAME, version, main: 'dist/constructs/index.js' }));
  buildSync({
    absWorkingDir: root,
    entryPoints: ['lib/cli/main.ts', 'constructs/index.ts'],
    outdir: join(home, 'dist'),
    outbase: '.',
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    logLevel: 'error',
  });
  // Every run of the suites builds it before the first one.
  const provider = join(root, 'dist/provider');
  if (existsSync(provider)) cpSync(provider, join(home, 'dist/provider'), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(home, 'node_modules'));
  for (const name of [cdk, 'constructs']) {
    symlinkSync(join(root, 'node_modules', name), join(project, 'node_modules', name));
  }
  const command = join(project, 'node_modules/.bin/client-apps');
  write(command, `#!/bin/sh\nexec node '${join(home, 'dist/lib/cli/main.js')}' "$@"\n`, 0o755);
}

function write(path: string, text: string, mode?: number): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { mode });
}
