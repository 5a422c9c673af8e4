import { z } from 'zod';

import type { KnownApp } from '../values/known-app';

/** An app of the allow-list, in a manifest, an audit configuration and a report alike. */
export const knownAppSchema = z
  .strictObject({
    app: z.string().min(1).meta({ description: 'Label of the app as the org shows it, or its API name' }),
    owner: z.string().min(1).meta({ description: 'The person or team responsible for it' }),
    purpose: z.string().min(1).meta({ description: 'What it is for' }),
    vendor: z.string().min(1).exactOptional().meta({ description: 'Who develops it' }),
    review: z.iso
      .date()
      .meta({ description: 'The date by which it must be reviewed; after that, reports mark it as overdue' }),
  })
  .meta({ id: 'KnownApp' }) satisfies z.ZodType<KnownApp>;
