import { addressesIn, isNarrow } from '../values/ip-range';
import type { AppPosture } from './posture';
import type { Reading } from './reading';
import { isLoopback, ownScheme } from './themes/callback-urls';
import { IDLE_DAYS, lifetimeDays } from './themes/refresh-tokens';

/** Sets of requirements that someone else published, judged as a whole. */
export const PACKS = ['partner-mandate-2026'] as const;
export type PackName = (typeof PACKS)[number];

export type PackOutcome = 'meets' | 'does-not-meet' | 'exempt' | 'not-evaluated';

interface Judged {
  readonly verdict: PackOutcome;
  readonly because: string;
}

/** What one app comes to. */
export interface PackVerdict extends Judged {
  readonly pack: PackName;
  readonly requirements: readonly (Judged & { readonly requirement: string })[];
}

/** Controls that a report of the pack is about. */
export const PACK_CONTROLS: readonly string[] = [
  'SFCA-APP-REFRESH-IDLE',
  'SFCA-CA-PKCE',
  'SFCA-CA-ROTATION',
  'SFCA-ECA-PKCE',
  'SFCA-ECA-REFRESH-IP-ALLOWLIST',
  'SFCA-ECA-ROTATION',
];

const meets = (because: string): Judged => ({ verdict: 'meets', because });
const fails = (because: string): Judged => ({ verdict: 'does-not-meet', because });
const exempt = (because: string): Judged => ({ verdict: 'exempt', because });
const unread = (because: string): Judged => ({ verdict: 'not-evaluated', because });

/**
 * Salesforce's requirements for apps of partners that more than two customer production orgs use, due on 11 May 2026.
 * Whether an app is one of those is not in its settings.
 */
export function judgePack(pack: PackName, app: AppPosture): PackVerdict {
  const requirements = [
    { requirement: 'PKCE', ...ofSwitch(app, app.fields.pkceRequired, 'PKCE is required') },
    { requirement: 'refresh token rotation', ...ofSwitch(app, app.fields.refreshTokenRotation, 'rotation is on') },
    { requirement: `${IDLE_DAYS}-day idle lifetime`, ...(withoutRefresh(app) ?? idle(app)) },
    { requirement: 'refresh token IP allowlist', ...(withoutRefresh(app) ?? allowlist(app)) },
  ];
  const of = (verdict: PackOutcome) => requirements.filter((each) => each.verdict === verdict);
  const words = (all: readonly { readonly requirement: string; readonly because: string }[]): string =>
    all.map(({ requirement, because }) => `${requirement}: ${because}`).join('; ');
  for (const verdict of ['does-not-meet', 'not-evaluated'] as const) {
    const found = of(verdict);
    if (found.length > 0) return { pack, verdict, because: words(found), requirements };
  }
  const verdict = of('meets').length > 0 ? 'meets' : 'exempt';
  return { pack, verdict, because: words(requirements), requirements };
}

/** The guide asks both of every app, whatever its flows and whether it keeps a secret. */
function ofSwitch({ oauth }: AppPosture, reading: Reading<boolean>, on: string): Judged {
  if (oauth === 'absent') return exempt('the app is no OAuth client');
  if (reading.state === 'unreadable') return unread(reading.reason);
  return reading.state === 'value' && reading.value ? meets(on) : fails(`not so: ${on}`);
}

/** JWT bearer and client credentials flows return no refresh token. */
function withoutRefresh({ oauth, fields: { scopes } }: AppPosture): Judged | undefined {
  if (oauth === 'absent') return exempt('the app is no OAuth client');
  if (scopes.state === 'unreadable') return unread(scopes.reason);
  const given = scopes.state === 'value' && scopes.value.includes('RefreshToken');
  return given ? undefined : exempt('the app is given no refresh token');
}

function idle({ fields: { idleRefreshTokenLimit: limit, refreshTokenPolicy: policy } }: AppPosture): Judged {
  if (limit.state === 'value' && limit.value) return meets('the idle limit is on');
  if (policy.state === 'value' && (policy.value.type === 'Zero' || lifetimeDays(policy.value) <= IDLE_DAYS)) {
    return meets('the refresh token policy ends them no later');
  }
  if (limit.state === 'unreadable') return unread(limit.reason);
  return policy.state === 'unreadable' ? unread(policy.reason) : fails('unused refresh tokens live longer');
}

/** Addresses that the list may hold in all. */
const MOST_ADDRESSES = 256n;

function allowlist({ fields: { callbackUrls, refreshIpRanges: list } }: AppPosture): Judged {
  // Reported by partners, not in the guide: a client on a device has no address of its own.
  const urls = callbackUrls.state === 'value' ? callbackUrls.value : [];
  if (urls.length > 0 && urls.every((url) => isLoopback(url) || ownScheme(url) !== undefined)) {
    return exempt('every callback stays on the device');
  }
  if (list.state === 'unreadable') return unread(list.reason);
  const ranges = list.state === 'value' ? list.value : [];
  if (ranges.length === 0) return fails('there is none');
  const sizes = ranges.map(({ start, end }) => (isNarrow(start, end) ? addressesIn(start, end) : undefined));
  const sum = sizes.reduce<bigint | undefined>(
    (all, size) => (all === undefined || size === undefined ? undefined : all + size),
    0n,
  );
  return sum !== undefined && sum <= MOST_ADDRESSES
    ? meets(`${ranges.length} listed`)
    : fails('it holds more than 256 addresses');
}
