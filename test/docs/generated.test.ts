import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';

import { between, generatedFiles } from '../../scripts/generated';

const root = join(__dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const files = generatedFiles(read);

describe('generated files', () => {
  it.each([...files.keys()])('%s is current (npm run generate)', async (path) => {
    const config = await resolveConfig(join(root, path));
    expect(read(path)).toBe(await format(files.get(path) ?? '', { ...config, filepath: path }));
  });

  it('are refused where the markers are missing', () => {
    expect(() => between('no markers', 'defaults', 'x')).toThrow('markers');
  });
});
