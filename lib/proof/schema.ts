import { z } from 'zod';

import type { ClientProof } from './clients/report';
import type { OrgProof } from './report';

const exchange = z.strictObject({
  request: z.string().meta({ description: 'Method and path' }),
  sent: z
    .array(z.string())
    .meta({ description: 'Headers that matter and fields; keys, secrets and tokens are marked' }),
  answer: z.string().meta({ description: 'HTTP status, then the redirect target or the body' }),
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

const platform = z.enum(['external-client-app', 'connected-app']);
const kind = z.enum(['private', 'public', 'machine']);

const app = z.strictObject({
  app: z.string(),
  label: z.string(),
  platform,
  kind,
  path: z.string(),
  results: z.array(result),
  not_evaluated: z
    .array(z.string())
    .meta({ description: 'Declared but not tried, because the built-in org does not support it' }),
});

const org = z.strictObject({ org: z.string(), apps: z.array(app) }) satisfies z.ZodType<OrgProof>;

const refused = z.strictObject({ error: z.string(), description: z.string() });
const outcome = z.enum(['survives', 'breaks', 'not-evaluated']);

const because = z.strictObject({
  field: z
    .string()
    .exactOptional()
    .meta({ description: 'Name of the setting in Salesforce; absent: no setting decides it' }),
  value: z.string().exactOptional().meta({ description: 'As JSON' }),
  value_today: z.string().exactOptional().meta({ description: 'The value in the org of --as-in' }),
  why: z.string(),
});

const scenario = z.strictObject({
  scenario: z.string(),
  about: z.string(),
  outcome,
  did: z.string(),
  because: because.exactOptional(),
  output: z.string().exactOptional().meta({ description: 'Last output of the client, without tokens and secrets' }),
  exchanges: z.array(exchange).exactOptional().meta({ description: 'With --wire: every request and answer' }),
});

const call = z.strictObject({
  operation: z.string(),
  grant: z.string().exactOptional(),
  pkce: z.enum(['S256', 'plain', 'none']).exactOptional(),
  secret: z.enum(['form', 'basic', 'none']).exactOptional(),
  refresh_token: z.enum(['current', 'replaced', 'ended-by-reuse', 'unknown']).exactOptional(),
  refused: refused.exactOptional(),
  count: z.int(),
});

const run = z.strictObject({
  outcome,
  assumed_address: z.string().exactOptional().meta({
    description: 'The address that calls of the client are assumed to come from; absent: the app has no IP allowlist',
  }),
  scenarios: z.array(scenario),
  wire: z.array(call),
});

const client = z.strictObject({
  org: z.string(),
  app: z.string(),
  label: z.string(),
  platform,
  kind,
  path: z.string(),
  declared: run,
  today: z
    .strictObject({
      org: z.string(),
      run,
      change: z.enum(['goes-on', 'breaks-after-plan', 'is-mended', 'stays-broken', 'not-evaluated']),
      newly_broken: z
        .array(z.string())
        .meta({ description: 'Scenarios that work today and break with what is declared' }),
    })
    .exactOptional()
    .meta({ description: 'Against what an org has today (--as-in)' }),
}) satisfies z.ZodType<ClientProof>;

/** What `client-apps prove --format json` prints: about attacks and uses, or, after a command, about a client. */
export const proofSchema = z.union([
  z.strictObject({ format_version: z.string(), orgs: z.array(org) }),
  z.strictObject({ format_version: z.string(), clients: z.array(client) }),
]);
