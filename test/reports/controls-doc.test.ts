import { readFileSync } from 'node:fs';

import { CONTROLS } from '../../lib/policy/controls';
import { CONTROLS_DOC_PATH, controlsDoc } from '../../lib/reports/controls-doc';

describe('docs/controls.md', () => {
  it('is what the controls say today', () => {
    expect(readFileSync(CONTROLS_DOC_PATH, 'utf8')).toBe(controlsDoc());
  });

  it('has a section for every control', () => {
    for (const { id } of CONTROLS) expect(controlsDoc()).toContain(`\n### ${id}\n`);
  });
});
