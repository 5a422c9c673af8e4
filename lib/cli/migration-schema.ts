import { z } from 'zod';

import { clientKind, formatVersion } from '../metadata/manifest-schema';

const way = z.enum(['button', 'beside']).meta({
  description: 'button: Migrate to External Client App in Setup. beside: a new app with its own key',
});
const texts = z.array(z.string());

const refused = z.strictObject({ path: z.string(), problem: z.string(), value: z.string().exactOptional() });

const program = z.union([
  z.strictObject({
    api_name: z.string(),
    kind: clientKind,
    confidence: z.enum(['declared', 'stated', 'high', 'medium', 'low', 'none']),
    source: z.string().meta({ description: 'TypeScript that declares the new app' }),
    left_out: z.array(
      z.strictObject({
        option: z.string(),
        keep: z.unknown().exactOptional().meta({ description: 'The option as it would be written, as a syntax tree' }),
        refused: refused.exactOptional(),
      }),
    ),
  }),
  z.strictObject({ not_declared: z.string() }),
]);

/** Of what `migrate --json` prints. */
export const migrationSchema = z.strictObject({
  format_version: formatVersion,
  org: z.string(),
  org_id: z.string().exactOptional(),
  app: z.string(),
  label: z.string(),
  state: z.strictObject({
    stage: z.enum(['not-started', 'migrated', 'beside', 'same-name', 'done', 'not-found', 'not-evaluated']),
    successor: z.string().exactOptional(),
    stopped: z.boolean(),
    because: z.string().exactOptional(),
  }),
  checks: z.array(
    z.strictObject({
      check: z.string(),
      verdict: z.enum(['refuses', 'changes', 'not-evaluated', 'fine']),
      ways: z.array(way),
      because: z.string(),
    }),
  ),
  ways: z.array(z.strictObject({ way, possible: z.boolean(), program })),
  gate: z
    .strictObject({ state: z.enum(['open', 'closed', 'not-evaluated']), since: z.string(), because: texts })
    .exactOptional(),
  connected_apps: texts.exactOptional(),
  managed_by: z.string().exactOptional(),
});
