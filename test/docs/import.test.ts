import { join } from 'node:path';

import { project } from '../cli/support';
import { document, ROOT } from './documents';

it('the import that docs/import.md shows is what the program prints and writes', async () => {
  const { blocks } = document('docs/import.md');
  const [, command, printed, program] = blocks.map(({ text }) => text);
  const here = project();
  try {
    const line = (command ?? '')
      .trim()
      .replace('client-apps ', '')
      .replace('org-seed', join(ROOT, 'examples/quickstart/org-seed'));
    const { code, stdout } = await here.run(line);
    expect({ code, stdout }).toEqual({ code: 0, stdout: printed });
    expect(here.read('clients.ts')).toBe(program);
  } finally {
    here.remove();
  }
});
