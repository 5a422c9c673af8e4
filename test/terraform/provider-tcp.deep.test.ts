import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { type Bench, bench } from '../operations/support';
import {
  ADDRESS,
  app,
  credentials,
  isolatedProvider,
  type Project,
  project,
  SELF_AUTHORIZED,
} from './provider-support';
import { describeTerraform, terraform } from './support';

const COOKIE = 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2';

describeTerraform('a provider on a system without unix sockets, as Windows is', () => {
  let org: Bench;
  let work: Project;
  /** The very bundle, told that it runs on Windows. */
  let provider: string;

  beforeAll(async () => {
    org = await bench();
    work = project(credentials(org.emulator));
    const folder = join(work.folder, 'override');
    mkdirSync(folder);
    provider = join(folder, 'terraform-provider-salesforce');
    const [first = '', ...rest] = readFileSync(isolatedProvider(), 'utf8').split('\n');
    const shown = [
      `Object.defineProperty(process, 'platform', { value: 'win32' });`,
      `const write = process.stdout.write.bind(process.stdout);`,
      `process.stdout.write = (text) => (require('fs').appendFileSync(__filename + '.said', text), write(text));`,
    ].join('');
    writeFileSync(provider, [first, shown, ...rest].join('\n'), { mode: 0o755 });
    writeFileSync(
      join(work.folder, 'rc'),
      `provider_installation {\n  dev_overrides {\n    "${ADDRESS}" = "${folder}"\n  }\n  direct {}\n}\n`,
    );
  });
  afterAll(async () => {
    await org.close();
    work.remove();
  });

  it('listens on loopback behind mutual TLS, and terraform plans and applies with it', async () => {
    work.write(app('Portal', SELF_AUTHORIZED));
    const more = { TF_CLI_CONFIG_FILE: join(work.folder, 'rc') };
    const given = ['apply', '-input=false', '-auto-approve'];
    const apply = await terraform(work.folder, given, { ...credentials(org.emulator), ...more });
    if (apply.status !== 0) throw new Error(apply.output);
    expect(apply.output).toContain('1 added');
    expect(readFileSync(`${provider}.said`, 'utf8')).toMatch(/^(1\|6\|tcp\|127\.0\.0\.1:\d+\|grpc\|[\w+/]{50,}\n)+$/);
  });

  it('does not listen where nobody asks for a certificate', () => {
    const { stdout, status } = spawnSync(process.execPath, [provider], {
      encoding: 'utf8',
      env: { ...process.env, TF_PLUGIN_MAGIC_COOKIE: COOKIE, PLUGIN_PROTOCOL_VERSIONS: '6' },
    });
    expect(status).toBe(1);
    expect(stdout).toContain('TF_DISABLE_PLUGIN_TLS');
  });
});
