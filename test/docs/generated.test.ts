import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import { between } from '../../scripts/generated';
import { describeBuilt } from '../cli/built';

const root = join(__dirname, '../..');

describeBuilt('generated files', () => {
  it('are current (npm run generate writes them)', () => {
    const program = join(root, 'dist/scripts/generate.js');
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, '--check'], {
      cwd: root,
      encoding: 'utf8',
    });
    expect({ status, outOfDate: stdout, stderr }).toEqual({ status: 0, outOfDate: '', stderr: '' });
  });

  it('name every control that is a file (the build writes that)', () => {
    const program = join(root, 'scripts/control-index.mjs');
    expect(spawnSync(process.execPath, [program, '--check'], { cwd: root }).status).toBe(0);
  });

  it('are refused where the markers are missing', () => {
    expect(() => between('no markers', 'defaults', 'x')).toThrow('markers');
  });
});
