import { diagnose } from '../../values/diagnose';
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
    diagnose(
      'self-lockout',
      { path: app.path, value: breaking.map(({ field }) => field).join(', ') },
      { app: app.api_name },
    ),
  ];
};
