import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { validate } from 'dockerfile-utils';

import { PACKAGE, ROOT } from './support';

const TEXT = readFileSync(join(ROOT, 'Dockerfile'), 'utf8');
const lines = TEXT.split('\n').filter((line) => /^[A-Z]/.test(line));
/** Instructions of the image that is left, after its last FROM. */
const last = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM')));

describe('the Dockerfile', () => {
  it('is one that its linter accepts, which refuses a broken one', () => {
    expect(validate(TEXT)).toEqual([]);
    expect(validate(TEXT.replace('ENTRYPOINT', 'ENTRYPIONT'))).not.toEqual([]);
  });

  it('ends as a user without rights, with our command, from what npm pack makes of this version', () => {
    expect(last).toContain('USER node');
    expect(last.indexOf('USER node')).toBeGreaterThan(last.findLastIndex((line) => line.startsWith('RUN')));
    const [command = ''] = Object.keys(PACKAGE.bin);
    expect(last).toContain(`ENTRYPOINT ["${command}"]`);
    expect(TEXT).toContain(`ARG TARBALL=${PACKAGE.name}-${PACKAGE.version}.tgz`);
    expect(readFileSync(join(ROOT, '.dockerignore'), 'utf8')).toBe(`*\n!${PACKAGE.name}-*.tgz\n`);
  });

  it('takes no secret as an argument of the build', () => {
    expect(lines.filter((line) => /^(ARG|ENV) .*(TOKEN|SECRET|KEY|PASSWORD)/.test(line))).toEqual([]);
  });
});
