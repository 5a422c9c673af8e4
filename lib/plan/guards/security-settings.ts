import { diagnose } from '../../values/diagnose';
import type { Diagnostic } from '../../values/diagnostic';
import { SECURITY_SETTINGS } from '../../values/metadata-types';
import type { AppGuard } from './guard';

/**
 * The undocumented security settings are written over a record that could be read, or over none (D8). That Salesforce may
 * refuse them is reported before the apply.
 */
export const guardSecuritySettings: AppGuard = ({ app, live, diffs }) => {
  const declared = app.components.find(({ type }) => type === SECURITY_SETTINGS);
  if (!declared) return [];
  const observed = live?.components[SECURITY_SETTINGS];
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
  const written = diffs.some(({ merged, changes }) => merged.type === SECURITY_SETTINGS && changes.length > 0);
  return written ? [mayBeRefused(app.path, field)] : [];
};

const mayBeRefused = (path: string, field: string): Diagnostic => diagnose('experimental-option', { path, field });
