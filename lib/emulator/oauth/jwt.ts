import type { OrgContext } from '../context';
import { randomText } from '../ids';
import type { OrgUser } from '../state';

/** An access token of three dot-separated parts, as apps give out that issue JWTs. Its signature signs nothing. */
export function jwtShaped(context: OrgContext, user: OrgUser): string {
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const header = { alg: 'RS256', typ: 'JWT', kid: 'EMULATOR' };
  const claims = { sub: `uid:${user.id}`, aud: [context.url()], iss: context.url(), sfdc: context.state().orgId };
  return `${encode(header)}.${encode(claims)}.EMULATOR${randomText(40)}`;
}
