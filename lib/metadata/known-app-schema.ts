import { z } from 'zod';

import type { KnownApp } from '../values/known-app';

/** An app of the allow-list, in a manifest, an audit configuration and a report alike. */
export const knownAppSchema = z
  .strictObject({
    app: z.string().min(1).meta({ description: 'Label of the app as the org shows it, or its API name' }),
    owner: z.string().min(1).meta({ description: 'The person or team who answers for it' }),
    purpose: z.string().min(1).meta({ description: 'What it is for' }),
    vendor: z.string().min(1).exactOptional().meta({ description: 'Who makes it' }),
    review: z.iso.date().meta({ description: 'The day by which someone reviews it; after that day reports say so' }),
  })
  .meta({ id: 'KnownApp' }) satisfies z.ZodType<KnownApp>;
