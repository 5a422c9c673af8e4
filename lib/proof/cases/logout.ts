import { declaredText } from '../../metadata/declared-setting';
import type { ProofCase } from '../case';
import type { Subject } from '../subject';

/** What the administrator says goes before what the developer does. */
const urlOf = ({ app }: Subject): string | undefined =>
  declaredText(app, 'adminSingleLogoutUrl') ?? declaredText(app, 'singleLogoutUrl');

/** A person logs out of the org in the browser that logged in to the client. */
export const LOGOUTS: readonly ProofCase[] = [
  {
    id: 'single-logout',
    demands: 'grant',
    about: 'hear of it when the person logs out of the org (single logout)',
    applies: (subject, { callbackUrls }) => callbackUrls.length > 0 && urlOf(subject) !== undefined,
    run: async ({ client, subject }) => {
      const person = { username: subject.insider, password: client.place.password, approval: 'allow' };
      const { cookie } = await client.send('/services/oauth2/authorize', { ...client.question(), ...person });
      const manner = { method: 'GET', headers: { cookie } } as const;
      const { body } = await client.send('/services/auth/idp/oidc/logout', {}, manner);
      const called = [...body.matchAll(/<iframe src="([^"]*)"/g)].map(([, url = '']) => url.replaceAll('&amp;', '&'));
      return {
        granted: called.includes(urlOf(subject) ?? ''),
        said: `the browser calls ${called.join(', ') || 'nobody'}`,
      };
    },
  },
];
