/** What public sources leave open of the OAuth flows. */
export interface OauthSwitches {
  readonly assertionReplayRefused: boolean;
  readonly headlessLoginOfEmployees: boolean;
  readonly identityNeedsScope: boolean;
}

type Facts = {
  readonly [Name in keyof OauthSwitches]: { readonly about: string; readonly standard: OauthSwitches[Name] };
};

export const OAUTH_SWITCHES: Facts = {
  assertionReplayRefused: {
    about: 'An assertion of the JWT bearer flow whose jti was used before is refused while it has not expired.',
    standard: true,
  },
  headlessLoginOfEmployees: {
    about:
      'The Authorization Code and Credentials Flow lets in users who are no customers or partners of an Experience Cloud site.',
    standard: false,
  },
  identityNeedsScope: {
    about:
      'The identity URL and userinfo take the scope id, profile, email, address, phone, openid or full (else every session is answered).',
    standard: false,
  },
};
