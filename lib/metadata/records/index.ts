// Generated from the rows in the files of this folder: npm run generate.
import { customScope } from './custom-scope';
import type { RecordKind } from './kind';
import { tokenExchangeHandler } from './token-exchange-handler';

/** The records of an org beside its apps that a program can declare. No app owns them, and none is ever deleted. */
export const RECORD_KINDS: readonly RecordKind[] = [customScope, tokenExchangeHandler];
