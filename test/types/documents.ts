// Compiles only where the written type of each document says exactly what its schema does, key by key.
import type { z } from 'zod';

import type { receiptSchema } from '../../lib/cli/receipt-schema';
import type { Manifest } from '../../lib/metadata/manifest';
import type { manifestSchema } from '../../lib/metadata/manifest-schema';
import type { OrgReceipt } from '../../lib/operations/types';
import type { FieldChange, OrgPlan } from '../../lib/plan/plan';
import type { diagnosticSchema, fieldChangeSchema, orgPlanSchema } from '../../lib/plan/plan-schema';
import type { Diagnostic } from '../../lib/values/diagnostic';

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
