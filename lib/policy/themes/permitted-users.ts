import type { Verdict } from '../control';
import { fail, lowRisk } from '../define';
import type { ClientKind } from '../../declaration/client-app';

/** Anybody may approve the app: how bad that is depends on who the client is. */
export function selfAuthorized(kind: ClientKind): Verdict {
  return kind === 'public'
    ? lowRisk('Every user of the org may approve the app for themselves, as is usual for an app on a device.')
    : fail(
        kind === 'machine'
          ? 'Every user of the org may approve the app, although only one integration user should.'
          : 'Every user of the org may approve the app for themselves.',
      );
}
