import { liveText } from '../../metadata/live-app';
import type { AppGuard } from './guard';

/** The app this very connection logged in through must not lose what the next run needs (D13). */
export const guardSelfLockout: AppGuard = ({ app, live, diffs, situation }) => {
  const { clientId } = situation.identity;
  if (!live || clientId === undefined) return [];
  if (liveText(live, 'consumerKey') !== clientId) return [];
  const breaking = diffs.flatMap(({ changes }) => changes).filter(({ impact }) => impact.level === 'breaks');
  if (breaking.length === 0) return [];
  return [
    {
      code: 'self-lockout',
      severity: 'error',
      path: app.path,
      problem: 'this connection logged in through this very app, and the change can cut it off',
      value: breaking.map(({ field }) => field).join(', '),
      allowed: 'changes that no client of the app feels',
      remedy:
        'apply this app with another login (SF_CLIENT_ID of another app), or leave it out: --except ' + app.api_name,
    },
  ];
};
