import { diagnose } from '../../values/diagnose';
import type { Diagnostic } from '../../values/diagnostic';
import type { AppGuard } from './guard';

/** What a reviewer should know although it blocks nothing: stopped apps, forced fields (D7, D12). */
export const remarks: AppGuard = ({ app, diffs, stopped }) => {
  const found: Diagnostic[] = [];
  if (stopped) {
    found.push(diagnose('app-stopped', { path: app.path }, { app: app.api_name }));
  }
  for (const field of diffs.flatMap(({ serverWins }) => serverWins)) {
    found.push(diagnose('server-wins', { path: app.path, field }));
  }
  return found;
};
