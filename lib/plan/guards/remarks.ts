import type { Diagnostic } from '../../values/diagnostic';
import type { AppGuard } from './guard';

/** What a reviewer should know although it blocks nothing: stopped apps, forced and unreadable fields (D7, D12). */
export const remarks: AppGuard = ({ app, live, diffs, stopped }) => {
  const found: Diagnostic[] = [];
  if (stopped) {
    found.push({
      code: 'app-stopped',
      severity: 'warning',
      path: app.path,
      problem: `${app.api_name} was switched off in the org and stays off`,
      remedy: `when the incident is over: --re-enable ${app.api_name}`,
    });
  }
  for (const field of diffs.flatMap(({ serverWins }) => serverWins)) {
    found.push({
      code: 'server-wins',
      severity: 'warning',
      path: app.path,
      field,
      problem: 'Salesforce forces this to true in this org, although the code says false',
      remedy: 'remove the exception from the code: the org no longer allows it',
    });
  }
  if (live) {
    for (const field of diffs.flatMap(({ unreadable }) => unreadable)) {
      found.push({
        code: 'field-unreadable',
        severity: 'note',
        path: app.path,
        field,
        problem: 'the org does not return this value; it is compared by the fingerprint in the ownership line',
        remedy: 'nothing; --resend-certificates sends it again',
      });
    }
  }
  return found;
};
