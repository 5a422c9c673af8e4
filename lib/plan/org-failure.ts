import { z } from 'zod';

import type { Diagnostic } from '../values/diagnostic';
import { diagnosticSchema } from './plan-schema';

/** Why a command has no result of one org, or did nothing there. */
export interface OrgFailure {
  readonly org: string;
  /** What the command would have ended with, had there been no other org. */
  readonly exit_code: number;
  readonly errors: readonly Diagnostic[];
}

const orgFailure = z
  .strictObject({ org: z.string(), exit_code: z.int(), errors: z.array(diagnosticSchema) })
  .meta({ id: 'OrgFailure' }) satisfies z.ZodType<OrgFailure>;

/** Of every document about several orgs; absent: none of them failed. */
export const failedOrgs = z.array(orgFailure).meta({ description: 'Orgs without a result, or left alone, and why' });
