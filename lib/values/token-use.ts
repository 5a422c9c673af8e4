/** When a token was given and last used, as ISO times; what the org does not say is null or absent. */
export interface TokenUse {
  readonly created?: string | null | undefined;
  readonly lastUsed?: string | null | undefined;
}

/** True where the token was not used since; one that was never used counts from the day it was given. */
export function isUnusedSince({ created, lastUsed }: TokenUse, since: string): boolean {
  const time = lastUsed ?? created ?? undefined;
  return time !== undefined && Date.parse(time) < Date.parse(since);
}

/**
 * True where the token was given before that time, or at it: an org may give times in whole seconds. One of which the org
 * does not say when it was given is not.
 */
export const isGrantedBefore = ({ created }: TokenUse, time: string): boolean =>
  Date.parse(created ?? '') <= Date.parse(time);
