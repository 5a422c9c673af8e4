import { z } from 'zod';

import { failedOrgs } from '../plan/org-failure';
import { diagnosticSchema } from '../plan/plan-schema';
import { EXIT, type ExitCode } from './exit-code';

const EXIT_CODES = Object.values(EXIT).filter((code) => code !== EXIT.ok) as [ExitCode, ...ExitCode[]];

/** Of what stands on standard output where JSON was asked for and a command ends without a result. */
export const failureSchema = z.strictObject({
  format_version: z.string(),
  exit_code: z.literal(EXIT_CODES),
  /** Warnings, too; the same stand on standard error as text. */
  errors: z.array(diagnosticSchema),
  failed: failedOrgs.exactOptional(),
});
