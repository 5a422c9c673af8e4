import type { ProofCase } from '../case';
import { DEVICES } from './device';
import { EXCHANGES } from './exchange';
import { HEADLESS_LOGINS } from './headless';
import { INTROSPECTIONS } from './introspection';
import { LOGOUTS } from './logout';
import { MACHINES } from './machine';
import { REFRESHES } from './refresh';
import { WEB_SERVER } from './web-server';

/** Every attack and every use that a proof tries, in the order of the report. */
export const PROOF_CASES: readonly ProofCase[] = [
  ...WEB_SERVER,
  ...HEADLESS_LOGINS,
  ...DEVICES,
  ...REFRESHES,
  ...MACHINES,
  ...EXCHANGES,
  ...INTROSPECTIONS,
  ...LOGOUTS,
];
