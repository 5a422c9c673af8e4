import type { Diagnostic } from '../../values/diagnostic';
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
      {
        code: 'security-settings-unreadable',
        severity: 'error',
        path: app.path,
        field,
        problem: `the OAuth security settings of ${app.api_name} cannot be read: ${observed.reason}`,
        allowed: 'a record is written only when all of it could be read',
        remedy: 'remove the option: the record then stays as it is in the org',
      },
    ];
  }
  const written = diffs.some(({ merged, changes }) => merged.type === SECURITY && changes.length > 0);
  return written ? [mayBeRefused(app.path, field)] : [];
};

const mayBeRefused = (path: string, field: string): Diagnostic => ({
  code: 'experimental-option',
  severity: 'warning',
  path,
  field,
  problem:
    'Salesforce has not documented this record, and by one report lets nobody deploy it: then the apply of the app is ' +
    'refused as a whole, and nothing changes',
  remedy: 'if it is refused, remove the option and state the values in Setup',
});
