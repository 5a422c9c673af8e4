import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { lockProvider } from '../../constructs/engines/provider-lock';
import { removeTemporaryFolders, temporaryFolder } from './support';

const AWS = `provider "registry.terraform.io/hashicorp/aws" {
  version     = "5.49.0"
  constraints = "5.49.0"
  hashes = [
    "h1:Y3xvYjzBIwYSbcnZDcs6moiy30uxRoY5oT2ExQHKG5A=",
  ]
}
`;
const source = 'example.invalid/acme/thing';

let stack: string;
let file: string;
beforeEach(() => {
  stack = temporaryFolder();
  file = join(stack, 'terraform-provider-thing');
  writeFileSync(file, 'one');
});
afterEach(removeTemporaryFolders);

const lock = (): string => readFileSync(join(stack, '.terraform.lock.hcl'), 'utf8');
const hashes = (): readonly string[] => [...lock().matchAll(/"(h1:[^"]+)"/g)].map(([, hash = '']) => hash);

describe('the lock file of a stack', () => {
  it('has the checksum that Terraform computes', () => {
    lockProvider(stack, { source, version: '1.0.0', file });
    // echo "$(printf one | sha256sum | cut -d' ' -f1)  terraform-provider-thing" | openssl dgst -sha256 -binary | base64
    expect(hashes()).toEqual(['h1:k4QixkuBTT+vEfMaYRnqebhes4w0ZnaZ7SRSJ/r6H8Y=']);
    expect(lock()).toContain(`provider "${source}" {\n  version     = "1.0.0"\n  constraints = "1.0.0"\n`);
  });

  it('keeps what it has of other providers', () => {
    writeFileSync(join(stack, '.terraform.lock.hcl'), `# kept\n\n${AWS}`);
    lockProvider(stack, { source, version: '1.0.0', file });
    lockProvider(stack, { source, version: '1.1.0', file });
    expect(lock()).toContain(`# kept\n\n${AWS}`);
    expect(lock().match(/^provider /gm)).toHaveLength(2);
    expect(lock()).toContain('version     = "1.1.0"');
    expect(lock()).not.toContain('"1.0.0"');
  });

  it('never takes other bytes for the same version: that is for Terraform to refuse', () => {
    lockProvider(stack, { source, version: '1.0.0', file });
    const before = lock();
    writeFileSync(file, 'two');
    lockProvider(stack, { source, version: '1.0.0', file });
    expect(lock()).toBe(before);
    lockProvider(stack, { source, version: '1.0.1', file });
    expect(lock()).not.toBe(before);
  });
});
