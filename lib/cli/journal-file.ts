import { z } from 'zod';

import { readDocument } from '../metadata/json-document';
import { formatVersion, sha256Digest } from '../metadata/manifest-schema';
import { PHASES } from '../metadata/phases';
import { type ApplyJournal, JOURNAL_FORMAT_VERSION, type JournalDeploy } from '../operations/journal';
import { fieldChangeSchema, organizationId } from '../plan/plan-schema';
import { jsonText } from '../values/ci-commands';
import type { Diagnostic } from '../values/diagnostic';
import type { Result } from '../values/result';

const journalDeploy = z
  .strictObject({
    phase: z.enum(PHASES),
    title: z.string(),
    state: z.enum(['announced', 'accepted', 'succeeded', 'failed']),
    id: z
      .string()
      .regex(/^\w{15,18}$/)
      .exactOptional(),
  })
  .meta({ id: 'JournalDeploy' }) satisfies z.ZodType<JournalDeploy>;

/** The shape of a journal (D28). */
export const journalSchema = z
  .strictObject({
    format_version: formatVersion,
    org: z.string().min(1),
    org_id: organizationId,
    manifest_id: z.string().min(1),
    plan_digest: sha256Digest,
    begun: z.iso.datetime(),
    phases: z.array(z.strictObject({ name: z.enum(PHASES), title: z.string() })),
    created: z.array(z.string().min(1)),
    deleted: z.array(z.string().min(1)).exactOptional(),
    opened: z.array(fieldChangeSchema),
    deploys: z.array(journalDeploy),
  })
  .meta({ id: 'ApplyJournal' }) satisfies z.ZodType<ApplyJournal>;

const KIND = {
  what: 'the journal of an apply',
  code: 'journal-unusable',
  version: JOURNAL_FORMAT_VERSION,
  schema: journalSchema,
} as const;

/** The text of a journal's file. */
export const journalFileText = (journal: ApplyJournal): string => jsonText(journal);

/** Reads a journal completely or not at all; fails with every problem. */
export const readJournal = (text: string, path: string): Result<ApplyJournal, readonly Diagnostic[]> =>
  readDocument<ApplyJournal>(text, path, KIND);
