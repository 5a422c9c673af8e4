import { z } from 'zod';

const checks = z.array(
  z.strictObject({
    check: z.string(),
    title: z.string(),
    verdict: z.enum(['ok', 'warning', 'failed', 'not evaluated']),
    found: z.string(),
    fix: z.string().optional(),
  }),
);

/** Of what `doctor --json` prints. */
export const doctorSchema = z.strictObject({
  format_version: z.string(),
  machine: checks,
  orgs: z.array(z.strictObject({ org: z.string(), checks })),
});
