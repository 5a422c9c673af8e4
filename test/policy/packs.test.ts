import { judgePack } from '../../lib/policy/packs';
import { unreadable, valued } from '../../lib/policy/reading';
import { connectedApp, machine, oauthConfig, privateApp } from './support';

const PACK = 'partner-mandate-2026';
const scopes = { commaSeparatedOauthScopes: ['Api', 'RefreshToken'] };
const ranges = (...list: readonly (readonly [string, string])[]) =>
  valued(list.map(([start, end]) => ({ start, end })));
const posture = (changes = {}, fields = {}) => {
  const { app } = privateApp({ oauth: scopes, ...changes });
  return {
    ...app,
    fields: {
      ...app.fields,
      idleRefreshTokenLimit: valued(true),
      refreshIpRanges: ranges(['192.0.2.1', '192.0.2.9']),
      ...fields,
    },
  };
};
const of = (app: ReturnType<typeof posture>): string => judgePack(PACK, app).verdict;

describe('the partner mandate of 2026', () => {
  it('is met with PKCE, rotation, an idle limit and a narrow allowlist', () => {
    expect(judgePack(PACK, posture())).toMatchObject({ pack: PACK, verdict: 'meets' });
  });

  it.each([
    ['PKCE', posture({ global: { isPkceRequired: false } })],
    ['refresh token rotation', posture({ global: { isRefreshTokenRotationEnabled: false } })],
    [
      '30-day idle lifetime',
      posture({ policies: { refreshTokenPolicyType: 'Infinite' } }, { idleRefreshTokenLimit: valued(false) }),
    ],
    ['refresh token IP allowlist', posture({}, { refreshIpRanges: ranges() })],
    ['refresh token IP allowlist', posture({}, { refreshIpRanges: ranges(['0.0.0.0', '255.255.255.255']) })],
    ['refresh token IP allowlist', posture({}, { refreshIpRanges: ranges(['192.0.2.0', '192.0.3.255']) })],
  ])('is not met without %s', (requirement, app) => {
    const verdict = judgePack(PACK, app);
    expect(verdict.verdict).toBe('does-not-meet');
    expect(verdict.because.startsWith(`${requirement}: `)).toBe(true);
  });

  it('never passes what was not read, and a violation is told all the same', () => {
    const unread = { refreshIpRanges: unreadable('not returned') };
    expect(of(posture({}, unread))).toBe('not-evaluated');
    expect(of(posture({ global: { isPkceRequired: false } }, unread))).toBe('does-not-meet');
    expect(of(posture({}, { pkceRequired: unreadable('no access') }))).toBe('not-evaluated');
    expect(judgePack(PACK, connectedApp(oauthConfig({ scopes: 'RefreshToken' }), 'private').app).verdict).not.toBe(
      'meets',
    );
  });

  it('exempts what has no refresh token from what is about them, and apps without OAuth from all of it', () => {
    const judged = judgePack(PACK, machine({ oauth: { commaSeparatedOauthScopes: ['Api'] } }).app);
    expect(judged.requirements.map(({ verdict }) => verdict).slice(2)).toEqual(['exempt', 'exempt']);
    expect(judgePack(PACK, connectedApp('', 'private').app).verdict).toBe('exempt');
    const device = posture(
      {},
      { callbackUrls: valued(['com.acme.app://oauth', 'http://localhost:8080/cb']), refreshIpRanges: ranges() },
    );
    expect(of(device)).toBe('meets');
  });
});
