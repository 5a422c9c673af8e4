import { timelineOf } from '../../lib/usage/timeline';

const login = (time: string, status = 'Success') => ({
  ...{ time, userId: '005000000000001AAA', sourceIp: '203.0.113.7', type: 'Remote Access 2.0', subType: null },
  ...{ status, apiType: null, clientVersion: null },
});
const change = (section: string, display: string) => ({
  ...{ time: '2026-11-02T10:00:00Z', user: 'ann@acme.example', action: 'x', section, display },
});
const usernames = new Map([['005000000000001', 'bob@acme.example']]);
const shown = (happened: Partial<Parameters<typeof timelineOf>[0]>): readonly string[] =>
  timelineOf({ label: 'Feed', usernames, ...happened }).map(({ what }) => what);

describe('the timeline of an incident', () => {
  it('makes one line of a day of equal logins, and another of those that failed', () => {
    const logins = [
      login('2026-11-01T12:00:00Z'),
      login('2026-11-01T10:00:00Z'),
      login('2026-11-01T11:00:00Z', 'Failed'),
    ];
    expect(shown({ logins })).toEqual([
      '2 logins of bob@acme.example from 203.0.113.7 (Remote Access 2.0, Success)',
      '1 login of bob@acme.example from 203.0.113.7 (Remote Access 2.0, Failed)',
    ]);
  });

  it('has the changes that name the app, or were made where apps are managed, and no others', () => {
    const changes = [change('Manage Users', 'Feed: x'), change('Connected Apps', 'y'), change('Manage Users', 'z')];
    expect(shown({ changes })).toHaveLength(2);
  });

  it('that is long keeps the latest, and says how many it left out', () => {
    const logins = Array.from({ length: 250 }, (_, n) => login(new Date(Date.UTC(2026, 0, n + 1)).toISOString()));
    const lines = shown({ logins });
    expect([lines.length, lines[0]]).toEqual([201, expect.stringContaining('50 earlier lines left out')]);
  });
});
