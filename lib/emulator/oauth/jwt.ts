import type { OrgContext } from '../context';
import { randomText } from '../ids';
import type { OrgUser } from '../state';

/** What an access token that is a JWT says of itself. */
export interface AccessClaims {
  readonly clientId?: string;
  readonly scopes: readonly string[];
  /** ISO time. */
  readonly expires: string;
  /** Unique visitor ID, where no one logged in. */
  readonly visitor?: string;
}

/** An access token of three dot-separated parts, as apps give out that issue JWTs, signed with the org’s key. */
export function accessJwt(
  context: OrgContext,
  user: OrgUser,
  { clientId, scopes, expires, visitor }: AccessClaims,
): string {
  const seconds = (time: string): number => Math.floor(Date.parse(time) / 1000);
  return context.signer.sign({
    sub: `uid:${user.id}`,
    aud: [context.url()],
    iss: context.url(),
    sfdc: context.state().orgId,
    scp: scopes.join(' '),
    ...(clientId !== undefined && { client_id: clientId }),
    ...(visitor !== undefined && { uvid: visitor }),
    iat: seconds(context.now()),
    nbf: seconds(context.now()),
    exp: seconds(expires),
    jti: `EMULATOR${randomText(24)}`,
  });
}

/** Who logged in, for the client. */
export function idToken(
  context: OrgContext,
  user: OrgUser,
  claims: { readonly audiences: readonly string[]; readonly ms: number; readonly nonce?: string },
): string {
  const now = Math.floor(Date.parse(context.now()) / 1000);
  return context.signer.sign({
    iss: context.url(),
    sub: `${context.url()}/id/${context.state().orgId}/${user.id}`,
    aud: claims.audiences.length === 1 ? claims.audiences[0] : claims.audiences,
    iat: now,
    exp: now + claims.ms / 1000,
    ...(claims.nonce !== undefined && { nonce: claims.nonce }),
  });
}
