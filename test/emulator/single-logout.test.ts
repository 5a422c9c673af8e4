import { CALLBACK, orgWithPortal, question } from './oauth-support';
import { appOf, type Components, type Json, type Org, stopOrgs } from './support';
import { ADMIN } from './usage-support';

afterEach(stopOrgs);

const OF_SETTINGS = 'https://portal.example/logout?a=1&b=2';
const OF_POLICY = 'https://portal.example/policy-logout';

/** An app beside the portal, of the same callback URL. */
const shop: Components = appOf('Shop', {
  global: { callbackUrl: CALLBACK, consumerKey: 'shopkey123456', consumerSecret: 'shopsecret123456' },
  oauth: { singleLogoutUrl: 'https://shop.example/logout' },
});

/** A browser keeps the cookie that it is given. */
function browserAt(org: Org) {
  let cookie = '';
  const open = async (path: string, form?: Record<string, string>): Promise<Response> => {
    const sent = form && { method: 'POST', body: new URLSearchParams(form) };
    const answer = await fetch(org.url + path, { redirect: 'manual', headers: { cookie }, ...sent });
    cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie;
    return answer;
  };
  return {
    login: async (client_id: string, username = ADMIN): Promise<void> => {
      const form = { ...question({ client_id }), username, password: 'emulator', approval: 'allow' };
      const answer = await open('/services/oauth2/authorize', form);
      expect(answer.headers.get('location')).toContain('code=');
    },
    /** The URLs that the page of the logout makes it call. */
    logout: async (): Promise<readonly string[]> => {
      const found = (await (await open('/.well-known/openid-configuration')).json()) as Json;
      const { pathname } = new URL(String(found['end_session_endpoint']));
      const page = await (await open(pathname)).text();
      expect(page).toContain('You are logged out');
      return [...page.matchAll(/<iframe src="([^"]*)"/g)].map(([, url = '']) => url.replaceAll('&amp;', '&'));
    },
  };
}

describe('a person who logs out', () => {
  it('is logged out of each app that this browser logged in to, once', async () => {
    const org = await orgWithPortal({ oauth: { singleLogoutUrl: OF_SETTINGS }, more: shop });
    const [browser, other] = [browserAt(org), browserAt(org)];
    for (const app of ['portalkey1234', 'shopkey123456', 'portalkey1234']) await browser.login(app);
    await other.login('shopkey123456');
    expect([...(await browser.logout())].sort()).toEqual([OF_SETTINGS, 'https://shop.example/logout']);
    expect(await browser.logout()).toEqual([]);
    // The front channel is one browser: the other one is logged in all the same.
    expect(await other.logout()).toEqual(['https://shop.example/logout']);
  });

  it('is sent to the URL of the policy before that of the settings, and nowhere where there is none', async () => {
    const both = await orgWithPortal({
      oauth: { singleLogoutUrl: OF_SETTINGS },
      policy: { singleLogoutUrl: OF_POLICY },
    });
    const none = await orgWithPortal();
    const [notified, silent] = [browserAt(both), browserAt(none)];
    await notified.login('portalkey1234');
    await silent.login('portalkey1234');
    expect([await notified.logout(), await silent.logout()]).toEqual([[OF_POLICY], []]);
  });

  it('logs out by GET alone: a HEAD does nothing', async () => {
    const org = await orgWithPortal();
    const answer = await fetch(`${org.url}/services/auth/idp/oidc/logout`, { method: 'HEAD' });
    expect(answer.status).toBe(405);
  });
});
