import type { ClientKind } from '../../declaration/client-app';
import { ALL_KINDS, appControl, BOTH_PLATFORMS, fail, pass } from '../define';
import { band } from '../severity';

/** Scopes that a client of the kind has no use for. */
const OUT_OF_PLACE: Readonly<Record<ClientKind, readonly string[]>> = {
  private: ['Lightning', 'Content'],
  public: ['CDPIngest', 'CDPSegment', 'CDPIdentityResolution'],
  // ForgotPassword, UserRegistration and PwdlessLogin are given to an internal integration user, so they are in place.
  machine: ['Web', 'Lightning', 'Content', 'CustomApplications', 'OpenID'],
};

const WHY: Readonly<Record<ClientKind, string>> = {
  private: 'child sessions of hybrid mobile apps',
  public: 'jobs that servers run',
  machine: 'people at a browser or at a login page',
};

export const control = appControl({
  id: 'SFCA-APP-SCOPES-BY-KIND',
  title: 'Scopes fit the kind of client',
  finding: 'A scope is out of place for this kind of client',
  appliesTo: BOTH_PLATFORMS,
  kinds: ALL_KINDS,
  recommended: 'Grant only scopes that this kind of client can use.',
  risk: 'A scope that the client never uses is useful only to a thief.',
  threat: "A machine's token, stolen from a build server, opens the org in a browser because it has the scope Web.",
  cvss: band('medium', 'ours'),
  remedy: {
    code: 'remove the scope from scopes',
    setup: {
      'external-client-app': 'Setup > External Client App Manager > (app) > Settings > OAuth Settings > OAuth Scopes',
      'connected-app': 'Setup > App Manager > (app) > Edit > API (Enable OAuth Settings) > Selected OAuth Scopes',
    },
  },
  source: 'RFC 9700 section 2.3; Salesforce Help: OAuth Tokens and Scopes',
  considerations: {
    risk: 'It depends on the scope: Web on a machine client turns a token into a browser session.',
    business:
      'A client that does use the scope gets errors for those calls; users have to authorize again when it is added back.',
  },
  exemptable: true,
  reads: ['scopes'],
  judge: ({ scopes = [] }, { kind }) => {
    const odd = scopes.filter((scope) => OUT_OF_PLACE[kind].includes(scope));
    return odd.length > 0
      ? fail(`This is a ${kind} client, and ${odd.join(', ')} ${odd.length === 1 ? 'is' : 'are'} for ${WHY[kind]}.`, {
          offenders: odd,
        })
      : pass(`No scope is out of place for a ${kind} client.`);
  },
});
