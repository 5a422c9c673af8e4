import type { Diagnostic } from '../../values/diagnostic';
import { diagnose } from '../../values/diagnose';
import type { AppGuard } from './guard';

const SECURITY = 'ExtlClntAppOauthSecuritySettings';

/**
 * The undocumented security settings are written over a record that could be read, or over none (D8). That Salesforce may
 * refuse them is told before the apply.
 */
export const guardSecuritySettings: AppGuard = ({ app, live, diffs }) => {
  const declared = app.components.find(({ type }) => type === SECURITY);
  if (!declared) return [];
  const observed = live?.components[SECURITY];
  const field = 'experimental.securitySettings';
  if (live?.condition === 'present' && observed?.state === 'unreadable') {
    return [
      diagnose(
        'security-settings-unreadable',
        { path: app.path, field },
        { app: app.api_name, reason: observed.reason },
      ),
    ];
  }
  const written = diffs.some(({ merged, changes }) => merged.type === SECURITY && changes.length > 0);
  return written ? [mayBeRefused(app.path, field)] : [];
};

const mayBeRefused = (path: string, field: string): Diagnostic => diagnose('experimental-option', { path, field });
