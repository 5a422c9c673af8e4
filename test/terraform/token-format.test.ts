import { CONNECTED_APP, EXTERNAL_CLIENT_APP } from '../../lib/terraform/app/app-model';
import { plannedState } from '../../lib/terraform/app/plan-app';
import { type Values, values } from '../../lib/terraform/wire/value';

const PLATFORMS = [
  [CONNECTED_APP, ['oauth_config', 'is_named_user_jwt_enabled'], ['session_policy', 'session_timeout']],
  [
    EXTERNAL_CLIENT_APP,
    ['global_oauth', 'is_named_user_jwt_enabled'],
    ['oauth_policies', 'session_timeout_in_minutes'],
  ],
] as const;

describe.each(PLATFORMS)('an app that issues JWTs (%#)', (model, [consumer, jwt], [policy, timeout]) => {
  const prior: Values = { api_name: 'Portal', [consumer]: { [jwt]: true }, [policy]: { [timeout]: 120 } };
  const planned = (more: Values) => {
    const config = { api_name: 'Portal', client_type: 'private', ...more };
    const state = plannedState(model, { prior, config, keepsUnset: false }, 66);
    return [values(state[consumer])[jwt], values(state[policy])[timeout]];
  };

  it('keeps format and timeout where the configuration states neither', () => {
    expect(planned({})).toEqual([true, 120]);
  });

  it('gets the timeout that the configuration states, and keeps the format', () => {
    expect(planned({ [policy]: { [timeout]: 30 } })).toEqual([true, 30]);
  });

  it('gets the timeout of opaque tokens by default only where the configuration asks for them', () => {
    expect(planned({ [consumer]: { [jwt]: false } })).toEqual([false, 60]);
  });
});
