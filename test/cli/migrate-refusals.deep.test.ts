import { document } from '../docs/documents';
import { type Given, migrationBench, possible, SAML, USER, verdict } from './migrate-support';

const { start, run, read } = migrationBench();

const CANVAS =
  '<canvasConfig><accessMethod>Post</accessMethod><canvasUrl>https://canvas.acme.example</canvasUrl><locations>Visualforce</locations></canvasConfig>';
const MOBILE =
  '<mobileAppConfig><applicationBundleIdentifier>com.acme.old</applicationBundleIdentifier><devicePlatform>ios</devicePlatform><version>1.0</version></mobileAppConfig>';
const oidc = (blocked: boolean): readonly (readonly [string, string])[] => [
  [
    'settings/OauthOidc.settings',
    `<OauthOidcSettings xmlns="http://soap.sforce.com/2006/04/metadata"><blockOAuthUnPwFlow>${String(blocked)}</blockOAuthUnPwFlow></OauthOidcSettings>`,
  ],
];
const loginBy = (subType: string) => ({
  logins: [{ user: USER, application: 'Old Portal', time: '2026-11-01T00:00:00Z', subType }],
});

interface Refusal {
  readonly check: string;
  /** The org with what is refused. */
  readonly refused: Given;
  /** The same without that, and nothing else changed. */
  readonly allowed: Given;
  readonly ways: 'button+beside' | 'beside';
  /** What is said of the app that may go. */
  readonly instead: readonly string[];
}

const REFUSALS: readonly Refusal[] = [
  {
    check: 'packages',
    refused: { old: { name: 'acme__Old_Portal' } },
    allowed: { old: { name: 'Old_Portal' } },
    ways: 'button+beside',
    instead: ['fine button+beside'],
  },
  {
    check: 'username-password flow',
    refused: { usage: loginBy('OAuth Username-Password'), more: oidc(false) },
    allowed: { usage: loginBy('OAuth Username-Password'), more: oidc(true) },
    ways: 'button+beside',
    instead: ['fine button+beside'],
  },
  {
    check: 'username-password flow',
    refused: { usage: loginBy('OAuth Username-Password') },
    // Not seen is not the same as not used.
    allowed: { usage: loginBy('OAuth Refresh Token') },
    ways: 'button+beside',
    instead: ['not-evaluated button+beside'],
  },
  {
    check: 'headless registration',
    refused: { old: { scopes: ['Api', 'UserRegistration'] } },
    allowed: { old: { scopes: ['Api'] } },
    ways: 'button+beside',
    instead: ['fine button+beside'],
  },
  {
    check: 'OAuth',
    refused: { old: { oauth: false, parts: SAML } },
    allowed: { old: { parts: SAML } },
    ways: 'beside',
    instead: ['fine button+beside'],
  },
  { check: 'SAML', refused: { old: { parts: SAML } }, allowed: {}, ways: 'beside', instead: [] },
  { check: 'canvas', refused: { old: { parts: CANVAS } }, allowed: {}, ways: 'beside', instead: [] },
  { check: 'mobile app', refused: { old: { parts: MOBILE } }, allowed: {}, ways: 'beside', instead: [] },
];

const nameOf = ({ old = {} }: Given): string => old.name ?? 'Old_Portal';

describe.each(REFUSALS)('migrate refuses for $check', ({ check, refused, allowed, ways, instead }) => {
  it('in every way that it concerns, prints no step of those, and the exit code says whether one is left', async () => {
    await start(refused);
    const found = await read(`migrate ${nameOf(refused)}`);
    const left = ways === 'beside' ? ['button'] : [];
    expect(verdict(found, check)[0]).toBe(`refuses ${ways}`);
    expect([possible(found), found.code]).toEqual([left, left.length > 0 ? 0 : 1]);
    const { stdout } = await run(`migrate ${nameOf(refused)}`);
    expect(stdout).toMatch(new RegExp(`^ +refuses +${check}`, 'm'));
    expect([/A: press the button/.test(stdout), /B: declare/.test(stdout)]).toEqual([left.length > 0, false]);
  });

  it('and not where that is the only thing missing', async () => {
    await start(allowed);
    const found = await read(`migrate ${nameOf(allowed)}`);
    expect(verdict(found, check)).toEqual(instead);
    const otherwise = found.checks.filter(({ verdict: said }) => said === 'refuses').map((each) => each.check);
    expect(otherwise).toEqual(check === 'OAuth' ? ['SAML'] : []);
    if (check !== 'OAuth') expect([possible(found), found.code]).toEqual([['button', 'beside'], 0]);
  });
});

it('the table of the documentation has no refusal without such a case', () => {
  const rows = document('docs/migrate.md')
    .text.split('\n')
    .filter((line) => line.startsWith('| ') && /^ (?!_not evaluated_).*\brefuse[sd]\b/.test(line.split('|')[2] ?? ''));
  const named = rows.flatMap((line) => (line.split('|')[1] ?? '').split(',').map((name) => name.trim()));
  const cases = new Set(REFUSALS.map(({ check }) => check));
  expect(named.filter((name) => !cases.has(name))).toEqual([]);
  expect([...cases].filter((name) => !named.includes(name))).toEqual([]);
});

it('of a mobile app, the button changes deliveries, and push settings are not evaluated', async () => {
  await start({ old: { parts: MOBILE } });
  const found = await read('migrate Old_Portal');
  expect(verdict(found, 'mobile app')).toEqual(['refuses beside', 'changes button']);
  expect(verdict(found, 'push notifications')).toEqual(['not-evaluated button']);
});

it('where the org blocks the username-password flow, it is no question', async () => {
  await start({ more: oidc(true) });
  expect(verdict(await read('migrate Old_Portal'), 'username-password flow')).toEqual(['fine button+beside']);
});
