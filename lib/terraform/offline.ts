import { refusal } from './answers';
import type { TerraformDiagnostic } from './resource';

/**
 * What the provider says if it was configured to ask no org: a plan of a pull request, without credentials. It judges what
 * needs no org, says what it leaves out, and writes nothing.
 */
export const OFFLINE_REMARK: TerraformDiagnostic = {
  severity: 'warning',
  summary: 'Offline: the org was not asked',
  detail:
    'Judged: the configuration, and every security control that needs no org, with the secure defaults filled in.\n' +
    'Not evaluated: whether the apps exist already and who manages them, what someone changed in the org since the last ' +
    'apply, users, permission sets and other things that apps name, org settings, and the controls that a warning of ' +
    'each app lists. A plan with credentials tells that, and an apply needs it.',
};

export const OFFLINE_APPLY = refusal(
  'Offline: nothing is applied',
  'offline = true (or CLIENT_APPS_OFFLINE) is for plans and tests. Apply without it, with a login, from a plan of its own.',
);

export const OFFLINE_IMPORT = refusal(
  'Offline: nothing can be imported',
  'What the org has under that name has to be read. Leave the import out, or plan with a login.',
);
