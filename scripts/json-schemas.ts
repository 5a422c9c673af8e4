import { z } from 'zod';

import { applyAnswerSchema, driftAnswerSchema, outputsAnswerSchema, planAnswerSchema } from '../lib/cli/answer-schema';
import { auditAnswerSchema } from '../lib/cli/audit-schema';
import { configSchema } from '../lib/cli/config/config-schema';
import { doctorSchema } from '../lib/cli/doctor-schema';
import { failureSchema } from '../lib/cli/failure-schema';
import { healSchema } from '../lib/cli/heal-schema';
import { journalSchema } from '../lib/cli/journal-file';
import { controlListSchema, schemaDiffSchema } from '../lib/cli/list-schemas';
import { migrationSchema } from '../lib/cli/migration-schema';
import { receiptSchema } from '../lib/cli/receipt-schema';
import { revocationSchema } from '../lib/cli/revocation-schema';
import { accessSchema, rotationSchema } from '../lib/cli/rotation-schema';
import { stopReceiptSchema } from '../lib/cli/stop-receipt-schema';
import { importSchema } from '../lib/import/schema';
import { manifestSchema } from '../lib/metadata/manifest-schema';
import { planFileSchema } from '../lib/plan/plan-schema';
import { statusSchema } from '../lib/plan/status-schema';
import { baselineSchema } from '../lib/policy/baseline';
import { proofSchema } from '../lib/proof/schema';
import { usageSchema } from '../lib/usage/schema';

const SCHEMAS = [
  ['manifest', 'What synth writes for one org', manifestSchema],
  ['plan', 'A saved plan (plan --out)', planFileSchema],
  ['receipt', 'What apply did to one org', receiptSchema],
  ['journal', 'What an apply is about to do, and how far it came', journalSchema],
  ['stop-receipt', 'What a stop changed, and start puts back', stopReceiptSchema],
  ['revocation', 'What a revocation is about, and what became of it', revocationSchema],
  ['rotation', 'How far the rotation of an app came, and until when its former credentials stay', rotationSchema],
  ['secret-access', 'That a rotation has the access to consumer secrets of the org open', accessSchema],
  ['config', 'Settings of all commands, and what is known of apps (client-apps.config.json)', configSchema],
  ['baseline', 'Violations that someone answers for, until a day (audit --baseline)', baselineSchema],
  ['status', 'How every app of every org stands (status --format json)', statusSchema],
  ['heal', 'What heal found, repaired and left in refreshed sandboxes (heal --json)', healSchema],
  ['doctor', 'What doctor found (doctor --json)', doctorSchema],
  ['plan-answer', 'What would change in each org (plan --json)', planAnswerSchema],
  ['apply-answer', 'What happened in each org (apply --json, destroy --json)', applyAnswerSchema],
  ['audit', 'What the controls say of every app of each org, or of files (audit --format json)', auditAnswerSchema],
  ['drift', 'What each org has that differs from the code (drift --json)', driftAnswerSchema],
  ['outputs', 'Consumer keys and other public facts of the declared apps (outputs --json)', outputsAnswerSchema],
  ['migration', 'How a Connected App can become an External Client App (migrate --json)', migrationSchema],
  ['control-list', 'Every control (explain --list --json)', controlListSchema],
  ['schema-diff', 'What one Metadata API version has and another has not (schema diff --json)', schemaDiffSchema],
  ['failure', 'Why a command ended without a result (--json, --format json)', failureSchema],
  ['import', 'What an import wrote, and what its first apply changes (import --json)', importSchema],
  ['proof', 'Which attacks the declared apps refuse, and which uses they grant (prove --format json)', proofSchema],
  ['usage', 'Who uses the org through which app (usage --format json)', usageSchema],
] as const;

/** The JSON Schemas that are shipped, by file name: derived from what the program itself checks its input with. */
export function jsonSchemas(): ReadonlyMap<string, string> {
  return new Map(
    SCHEMAS.map(([name, title, schema]) => {
      const document = { title, ...z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input' }) };
      return [`${name}.schema.json`, `${JSON.stringify(document, null, 2)}\n`];
    }),
  );
}
