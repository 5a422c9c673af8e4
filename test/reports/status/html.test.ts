import type { AppState, OrgStatus } from '../../../lib/plan/status';
import { statusHtml } from '../../../lib/reports/status/html';
import { STATE_MEANINGS, STATE_WORDS } from '../../../lib/reports/status/words';

const org = (name: string, state: AppState): OrgStatus => ({
  org: name,
  state: 'read',
  apps: [{ api_name: 'Portal', platform: 'external-client-app', state, fields: [] }],
  ...{ beside: [], rotations: [], ends: [] },
  not_evaluated: [],
});

it('explains every state that is on the page, not only the worst of each row', () => {
  const page = statusHtml([org('dev', 'drifted'), org('prod', 'in-sync')], { version: '0', today: '2026-11-21' });
  for (const state of ['drifted', 'in-sync'] as const)
    expect(page).toContain(`${STATE_WORDS[state]}: ${STATE_MEANINGS[state]}`);
  expect(page).not.toContain(STATE_MEANINGS.missing);
});
