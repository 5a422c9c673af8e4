import { writeFileSync } from 'node:fs';

import { CONTROLS_DOC_PATH, controlsDoc } from '../lib/reports/controls-doc';

/** Writes docs/controls.md; run from the root of the repository. */
export function writeControlsDoc(): void {
  writeFileSync(CONTROLS_DOC_PATH, controlsDoc());
}

if (require.main === module) writeControlsDoc();
