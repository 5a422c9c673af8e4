// Compiles only where the written type of each document says exactly what its schema does, key by key.
import type { z } from 'zod';

import type { healSchema } from '../../lib/cli/heal-schema';
import type { journalSchema } from '../../lib/cli/journal-file';
import type { receiptSchema } from '../../lib/cli/receipt-schema';
import type { revocationSchema } from '../../lib/cli/revocation-schema';
import type { accessSchema, rotationSchema } from '../../lib/cli/rotation-schema';
import type { stopReceiptSchema } from '../../lib/cli/stop-receipt-schema';
import type { DeclaredApp, Gap, Hardening, NotDeclared } from '../../lib/import/model';
import type { importSchema } from '../../lib/import/schema';
import type { knownAppSchema } from '../../lib/metadata/known-app-schema';
import type { Manifest } from '../../lib/metadata/manifest';
import type { manifestSchema } from '../../lib/metadata/manifest-schema';
import type { OrgHealing } from '../../lib/operations/heal-outcome';
import type { ApplyJournal } from '../../lib/operations/journal';
import type { Revocation } from '../../lib/operations/revocation';
import type { AccessRecord, RotationRecord } from '../../lib/operations/rotation-record';
import type { StopReceipt } from '../../lib/operations/stop-receipt';
import type { OrgReceipt } from '../../lib/operations/types';
import type { OrgFailure } from '../../lib/plan/org-failure';
import type { FieldChange, OrgPlan } from '../../lib/plan/plan';
import type { diagnosticSchema, fieldChangeSchema, orgPlanSchema } from '../../lib/plan/plan-schema';
import type { OrgStatus } from '../../lib/plan/status';
import type { statusSchema } from '../../lib/plan/status-schema';
import type { ClientProof } from '../../lib/proof/clients/report';
import type { OrgProof } from '../../lib/proof/report';
import type { proofSchema } from '../../lib/proof/schema';
import type { UsageReport } from '../../lib/usage/report';
import type { usageSchema } from '../../lib/usage/schema';
import type { Diagnostic } from '../../lib/values/diagnostic';
import type { KnownApp } from '../../lib/values/known-app';

/** The same type without `readonly` and without names of interfaces, at every depth. */
type Plain<T> = T extends readonly (infer Item)[]
  ? Plain<Item>[]
  : T extends object
    ? { -readonly [Key in keyof T]: Plain<T[Key]> }
    : T;
type Equal<A, B> =
  (<T>() => T extends Plain<A> ? 1 : 2) extends <T>() => T extends Plain<B> ? 1 : 2
    ? true
    : { schema: Plain<A>; type: Plain<B> };

export const manifest: Equal<z.output<typeof manifestSchema>, Manifest> = true;
export const plan: Equal<z.output<typeof orgPlanSchema>, OrgPlan> = true;
export const change: Equal<z.output<typeof fieldChangeSchema>, FieldChange> = true;
export const diagnostic: Equal<z.output<typeof diagnosticSchema>, Diagnostic> = true;
export const receipt: Equal<z.output<typeof receiptSchema>, OrgReceipt> = true;

type InList<Document, Key extends keyof Document> =
  NonNullable<Document[Key]> extends readonly (infer Item)[] ? Item : never;
type Status = z.output<typeof statusSchema>;
type Import = z.output<typeof importSchema>;
type Proof = z.output<typeof proofSchema>;

export const journal: Equal<z.output<typeof journalSchema>, ApplyJournal> = true;
/** Its schema is narrower: which records a stop writes, and with which values. */
export const stopReceipt: Equal<keyof z.output<typeof stopReceiptSchema>, keyof StopReceipt> = true;
export const revocation: Equal<z.output<typeof revocationSchema>, Revocation> = true;
export const rotation: Equal<z.output<typeof rotationSchema>, RotationRecord> = true;
export const access: Equal<z.output<typeof accessSchema>, AccessRecord> = true;
export const knownApp: Equal<z.output<typeof knownAppSchema>, KnownApp> = true;
export const failure: Equal<InList<Status, 'failed'>, OrgFailure> = true;
export const status: Equal<InList<Status, 'orgs'>, OrgStatus> = true;
export const usage: Equal<InList<z.output<typeof usageSchema>, 'orgs'>, UsageReport> = true;
export const healed: Equal<InList<z.output<typeof healSchema>, 'orgs'>, OrgHealing> = true;
export const imported: Equal<InList<Import, 'apps'>, DeclaredApp> = true;
export const hardening: Equal<InList<Import, 'hardenings'>, Hardening> = true;
export const gap: Equal<InList<Import, 'gaps'>, Gap> = true;
export const notDeclared: Equal<InList<Import, 'not_declared'>, NotDeclared> = true;
export const attacked: Equal<InList<Extract<Proof, { orgs: unknown }>, 'orgs'>, OrgProof> = true;
export const client: Equal<InList<Extract<Proof, { clients: unknown }>, 'clients'>, ClientProof> = true;
