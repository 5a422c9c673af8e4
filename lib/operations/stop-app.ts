import type { Org } from '../org/org';
import type { OnEvent } from './types';

export interface StopInput {
  readonly org: Org;
  readonly apiName: string;
  readonly apiVersion: number;
  readonly onEvent?: OnEvent;
  readonly signal?: AbortSignal;
}

/** Break-glass: switches the app off in the org (`isEnabled=false`), declared or not, and changes nothing else. */
export async function stopApp(input: StopInput): Promise<{ readonly already_stopped: boolean }> {
  throw new Error(`being written: ${input.apiName}`);
}
