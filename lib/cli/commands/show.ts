import { relative, resolve } from 'node:path';

import { packageVersion } from '../../package-version';
import type { Plan } from '../../plan/plan';
import { readPlan } from '../../plan/plan-file';
import { planHtml } from '../../reports/plan/html';
import { planMarkdown } from '../../reports/plan/markdown';
import { planText } from '../../reports/plan/text';
import { EXIT, type ExitCode } from '../exit-code';
import { readText, usable, writeText } from '../files';
import type { ShowFlags } from '../flags';
import type { Io } from '../io';
import { planOptions } from '../style';

/**
 * Shows a saved plan as it was reviewed. Reads that file alone: no org, no program.
 * @throws ClientAppsError where the file cannot be read, or was changed after it was written.
 */
export async function show(io: Io, planFile: string, flags: ShowFlags): Promise<ExitCode> {
  const file = resolve(io.cwd, planFile);
  const text = readText(file, 'file-missing/plan');
  const shown = render(io, usable(readPlan(text, relative(io.cwd, file))), flags);
  if (flags.out === undefined) io.stdout.write(shown);
  else writeText(resolve(io.cwd, flags.out), shown);
  return EXIT.ok;
}

function render(io: Io, plan: Plan, flags: ShowFlags): string {
  switch (flags.format) {
    case 'markdown':
      return planMarkdown(plan);
    case 'html':
      return planHtml(plan, { version: packageVersion(), today: io.today() });
    default:
      return planText(plan, flags.out === undefined ? planOptions(io.stdout, io.environment, flags) : flags);
  }
}
