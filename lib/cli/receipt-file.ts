import { readDocument } from '../metadata/json-document';
import { type OrgReceipt, RECEIPT_FORMAT_VERSION } from '../operations/types';
import type { Diagnostic } from '../values/diagnostic';
import type { Result } from '../values/result';
import { receiptSchema } from './receipt-schema';

const KIND = {
  what: 'a receipt',
  code: 'receipt-unusable',
  version: RECEIPT_FORMAT_VERSION,
  schema: receiptSchema,
} as const;

/** The text of a receipt's file. It holds no secret and no moment in time. */
export const receiptFileText = (receipt: OrgReceipt): string => `${JSON.stringify(receipt, null, 2)}\n`;

/**
 * Reads a receipt completely or not at all; fails with every problem.
 * @param path What to call the file in messages.
 */
export const readReceipt = (text: string, path: string): Result<OrgReceipt, readonly Diagnostic[]> =>
  readDocument<OrgReceipt>(text, path, KIND);
