import type { AppPlanUsage } from '../../../lib/plan/plan';
import { usageWords } from '../../../lib/reports/plan/usage-words';

const usage = (more: Partial<AppPlanUsage> = {}): AppPlanUsage => ({
  today: '2026-11-21',
  logins_since: '2026-08-23T00:00:00.000Z',
  users: 3,
  tokens: 4,
  uses: 3910,
  last_used: '2026-11-20T09:00:00Z',
  logins: 15,
  networks: 2,
  last_login: '2026-11-20T09:00:00Z',
  not_evaluated: [],
  ...more,
});
const login = (flow: string, last: string) => ({ flow, last });

describe('who uses an app', () => {
  it('is told in numbers', () => {
    expect(usageWords(usage())).toBe(
      '3 users, 3,910 uses, last yesterday; 15 logins in 90 days from 2 addresses or more, last yesterday',
    );
  });

  it('says "no" only of what was read whole', () => {
    expect(usageWords(usage({ users: 0, logins: 0 }))).toBe('no user has a token; no login in 90 days');
    expect(usageWords(usage({ users: 0, at_least: true, logins: 0 }))).toBe('no login in 90 days');
  });

  it('names what was not read and what it needs', () => {
    const { users: _users, ...rest } = usage({ not_evaluated: ['OAuth tokens: needs Customize Application'] });
    expect(usageWords(rest)).toMatch(/^15 logins.*; usage not evaluated: OAuth tokens: needs Customize Application$/);
  });

  it.each([
    ['isDeviceFlowEnabled', 'OauthDevice', 'last device-flow login 4 days ago'],
    ['oauthConfig.isClientCredentialEnabled', 'OauthClientCredentials', 'last client credentials login 4 days ago'],
    ['isPkceRequired', 'OauthHybridWebServer', 'last web server login 4 days ago'],
    ['isTokenExchangeEnabled', 'OAuth Token Exchange', 'last token exchange login 4 days ago'],
  ])('names the last login of the flow that %s concerns', (field, flow, words) => {
    expect(usageWords(usage({ flows: [login(flow, '2026-11-17T00:00:00Z')] }), field)).toContain(words);
  });

  it('draws no conclusion about a flow that the login history does not name', () => {
    const flows = [login('OauthWebServer', '2026-11-17T00:00:00Z')];
    expect(usageWords(usage({ flows }), 'isDeviceFlowEnabled')).not.toContain('device');
    expect(usageWords(usage({ flows }), 'isTokenExchangeEnabled')).toContain('no token exchange login');
    expect(usageWords(usage(), 'isTokenExchangeEnabled')).not.toContain('token exchange');
  });
});
