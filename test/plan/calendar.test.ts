import { Certificate, MachineApp, PermittedUsers, PrivateClientApp, Scope, Username } from '../../constructs';
import { calendarOf } from '../../lib/plan/calendar';
import { unreadOrg } from '../../lib/plan/status';
import { calendarLines } from '../../lib/reports/status/calendar';
import { Certificate as Parsed } from '../../lib/values/certificate';
import { makeCertificate } from '../emulator/certificate';
import { callback, declared } from '../operations/support';

let cert: string;
let notAfter: string;
beforeAll(async () => {
  ({ cert } = await makeCertificate());
  const parsed = Parsed.parse(cert);
  if (!parsed.ok) throw new Error(parsed.error);
  notAfter = parsed.value.notAfter.slice(0, 10);
});

const justification = { reason: 'r', approvedBy: 'a@acme.example', expires: '2027-01-01' };
const manifest = () =>
  declared((org) => {
    new MachineApp(org, 'Sync', {
      label: 'Sync',
      scopes: [Scope.API, Scope.REFRESH_TOKEN] as const,
      permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Sync'] }),
      certificate: Certificate.fromPem(cert),
      clientCredentials: { runAs: Username.of('sync@acme.example'), justification },
    });
    new PrivateClientApp(org, 'Portal', {
      label: 'Portal',
      callbackUrls: callback,
      scopes: [Scope.API],
      permittedUsers: PermittedUsers.selfAuthorized(),
    });
  });

describe('the calendar', () => {
  it('has certificates, justifications and former credentials, nearest first', () => {
    const former = [{ app: 'Portal', key: '3MVG9', until: '2026-11-28T08:00:00.000Z' }];
    const ends = calendarOf(manifest(), former);
    expect(ends).toEqual(
      [
        { on: '2026-11-28', what: 'former-credentials', of: 'Portal', which: '3MVG9' },
        { on: '2027-01-01', what: 'justification', of: 'Sync', which: 'clientCredentials' },
        { on: notAfter, what: 'certificate', of: 'Sync', which: expect.any(String) as string },
      ].sort((one, other) => (one.on < other.on ? -1 : 1)),
    );
  });

  it('is one over all orgs, also those that were not read; what ends later is counted', () => {
    const end = (on: string, of: string) => ({ on, what: 'certificate', of, which: 'CN=sync' }) as const;
    const orgs = [
      ['test', [end('2026-12-01', 'B'), end('2028-01-01', 'C')]],
      ['prod', [end('2026-11-20', 'A'), end('2026-11-21', 'A2'), end('2026-11-22', 'A3')]],
    ] as const;
    const statuses = orgs.map(([name, ends]) => unreadOrg(name, 'not-reachable', 'no', { manifest: manifest(), ends }));
    expect(calendarLines(statuses, '2026-11-21')).toEqual([
      'Expires within 90 days, declared or recorded: (1 later: --format json)',
      '2026-11-20, over for 1 day: prod/A: certificate CN=sync',
      '2026-11-21, today: prod/A2: certificate CN=sync',
      '2026-11-22, in 1 day: prod/A3: certificate CN=sync',
      '2026-12-01, in 10 days: test/B: certificate CN=sync',
    ]);
    const nothing = unreadOrg('dev', 'not-reachable', 'no', { manifest: manifest(), ends: [] });
    expect(calendarLines([nothing], '2026-11-21')).toEqual(['Expires within 90 days, declared or recorded: nothing']);
  });
});
