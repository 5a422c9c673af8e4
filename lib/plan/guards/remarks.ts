import type { Diagnostic } from '../../values/diagnostic';
import type { AppGuard } from './guard';

/** What a reviewer should know although it blocks nothing: stopped apps, forced fields (D7, D12). */
export const remarks: AppGuard = ({ app, diffs, stopped }) => {
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
  return found;
};
