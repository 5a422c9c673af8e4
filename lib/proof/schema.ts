import { z } from 'zod';

import type { OrgProof } from './report';

const exchange = z.strictObject({
  request: z.string().meta({ description: 'Method and path' }),
  sent: z
    .array(z.string())
    .meta({ description: 'Headers that matter and fields; keys, secrets and tokens are marked' }),
  answer: z.string().meta({ description: 'HTTP status, then where the browser is sent, or the body' }),
});

const result = z.strictObject({
  case: z.string(),
  demands: z.enum(['refusal', 'grant']),
  about: z.string(),
  outcome: z.enum(['as-declared', 'excepted', 'violated', 'not-evaluated']),
  granted: z.boolean(),
  said: z.string().meta({ description: 'An OAuth error, or what was given out; never a token, a code or a secret' }),
  excepted_until: z.iso.date().exactOptional(),
  wire: z.array(exchange).exactOptional(),
});

const app = z.strictObject({
  app: z.string(),
  label: z.string(),
  platform: z.enum(['external-client-app', 'connected-app']),
  kind: z.enum(['private', 'public', 'machine']),
  path: z.string(),
  results: z.array(result),
  not_evaluated: z.array(z.string()).meta({ description: 'Declared, and not tried: the built-in org does not do it' }),
});

const org = z.strictObject({ org: z.string(), apps: z.array(app) }) satisfies z.ZodType<OrgProof>;

/** What `client-apps prove --format json` prints. */
export const proofSchema = z.strictObject({ format_version: z.string(), orgs: z.array(org) });
