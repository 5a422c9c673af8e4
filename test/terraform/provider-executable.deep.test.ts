import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { arch, platform, tmpdir } from 'node:os';
import { join } from 'node:path';

import JSZip from 'jszip';

import { type Bench, bench } from '../operations/support';
import { ADDRESS, credentials, project } from './provider-support';
import { describeTerraform } from './support';

const ROOT = join(__dirname, '../..');
const SCRIPT = join(ROOT, 'dist/provider/terraform-provider-salesforce');
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };

function run(script: string, ...given: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'scripts', script), ...given], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

/** What the header of a program for 64-bit Windows says, and the text that it holds as a resource of that name. */
function portableExecutable(file: Buffer): {
  readonly machine: number;
  readonly magic: number;
  readonly signed: boolean;
} {
  const header = file.readUInt32LE(0x3c);
  expect(file.toString('latin1', header, header + 4)).toBe('PE\0\0');
  const optional = header + 24;
  // The fifth data directory: offset and size of the signature.
  const signed = file.readUInt32LE(optional + 144) !== 0 || file.readUInt32LE(optional + 148) !== 0;
  return { machine: file.readUInt16LE(header + 4), magic: file.readUInt16LE(optional), signed };
}

const describeHere = platform() === 'linux' && arch() === 'x64' ? describeTerraform : describe.skip;

describeHere('the provider as an executable with Node inside', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'client-apps-executable-'));
  const script = readFileSync(SCRIPT);
  let org: Bench;
  beforeAll(async () => {
    org = await bench();
  });
  afterAll(async () => {
    await org.close();
    rmSync(scratch, { recursive: true, force: true });
  });

  it('is a program for 64-bit Windows in the release, with the whole script and without a signature of others', async () => {
    const folder = join(scratch, 'release');
    run('provider-release.mjs', folder, '--windows');
    const name = `terraform-provider-salesforce_${version}`;
    const zip = await JSZip.loadAsync(readFileSync(join(folder, `${name}_windows_amd64.zip`)));
    const program = `terraform-provider-salesforce_v${version}.exe`;
    expect(Object.keys(zip.files).sort()).toEqual(
      [program, 'LICENSE', 'LICENSE-node.txt', 'THIRD_PARTY_NOTICES.txt'].sort(),
    );
    const exe = (await zip.file(program)?.async('nodebuffer')) ?? Buffer.alloc(0);
    expect(portableExecutable(exe)).toEqual({ machine: 0x8664, magic: 0x20b, signed: false });
    expect(exe.includes(Buffer.from('NODE_SEA_BLOB', 'utf16le'))).toBe(true);
    // Node looks for the script only where this mark ends with 1.
    expect(exe.includes('NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2:1')).toBe(true);
    expect(exe.includes(script)).toBe(true);
    expect(readFileSync(join(folder, `${name}_SHA256SUMS`), 'utf8')).toContain(`${name}_windows_amd64.zip`);
    expect(readdirSync(join(folder, 'repository')).sort()).toEqual(['docs', 'examples']);
  });

  it('is run by terraform where no Node is on the path, when it is made the same way for Linux', async () => {
    const empty = join(scratch, 'linux');
    mkdirSync(empty);
    const executable = run('provider-executable.mjs', 'linux_amd64', SCRIPT, empty).trim();
    expect(readFileSync(executable).includes(script)).toBe(true);
    const work = project({ ...credentials(org.emulator), PATH: terraformAlone(scratch) });
    try {
      const at = join(work.folder, 'terraform.d/plugins', ADDRESS, version, 'linux_amd64');
      copyFileSync(executable, join(at, `terraform-provider-salesforce_v${version}`));
      work.write(`resource "salesforce_private_client_app" "portal" {
  api_name        = "Portal"
  label           = "Portal"
  contact_email   = "iam@acme.example"
  scopes          = ["Basic"]
  callback_urls   = ["https://portal.acme.example/cb"]
  permitted_users = { policy = "pre_authorized", profiles = ["System Administrator"] }
}
`);
      for (const given of [['init'], ['apply', '-auto-approve'], ['plan', '-detailed-exitcode']]) {
        expect(await work.run(...given, '-input=false')).toMatchObject({ status: 0 });
      }
      expect(await org.file('ExternalClientApplication', 'Portal', 'externalClientApps/Portal.eca')).toContain(
        'Portal',
      );
    } finally {
      work.remove();
    }
  });
});

/** A path on which there is terraform and nothing else. */
function terraformAlone(folder: string): string {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const { stdout } = spawnSync('which', ['terraform'], { encoding: 'utf8' });
  spawnSync('ln', ['-s', stdout.trim(), join(bin, 'terraform')]);
  return bin;
}
