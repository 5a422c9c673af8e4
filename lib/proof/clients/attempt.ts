import { grantName } from '../../values/grant-name';
import { plural } from '../../values/plural';
import type { Exchange } from '../wire';
import type { WireCall } from './wire';

/** How a run of the client’s command ended. */
export type ClientEnd =
  | { readonly kind: 'ended'; readonly code: number }
  | { readonly kind: 'killed'; readonly signal: string }
  | { readonly kind: 'timed-out'; readonly seconds: number }
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'not-started'; readonly reason: string };

/** One run of the client, or two at once. */
export interface Attempt {
  readonly ends: readonly ClientEnd[];
  readonly calls: readonly WireCall[];
  /** Its last words. */
  readonly output: string;
  /** Every request and answer, where they are asked for. */
  readonly exchanges?: readonly Exchange[];
}

export const passed = ({ ends }: Attempt): boolean => ends.every((end) => end.kind === 'ended' && end.code === 0);

/** Why it did not pass, as the rest of a sentence about the client. */
export function endWords({ ends }: Attempt): string {
  const end = ends.find((one) => one.kind !== 'ended' || one.code !== 0);
  switch (end?.kind) {
    case 'ended':
      return `ended with exit code ${end.code}`;
    case 'killed':
      return `was terminated by ${end.signal}`;
    case 'timed-out':
      return `did not end within ${plural(end.seconds, 'second')}`;
    case 'not-started':
      return `could not be started: ${end.reason}`;
    default:
      return 'ended with exit code 0';
  }
}

/** Each grant that was given, and how often. */
export function grantWords(calls: readonly WireCall[]): string {
  const counts = new Map<string, number>();
  for (const { grant, refused } of calls) {
    if (grant !== undefined && refused === undefined) counts.set(grant, (counts.get(grant) ?? 0) + 1);
  }
  const words = [...counts].map(([grant, count]) => `${grantName(grant)} ×${count}`);
  return words.length === 0 ? 'no token was given out' : words.join(', ');
}
