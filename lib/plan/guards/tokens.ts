import { scopesNeedJwt } from '../../declaration/scopes-need-jwt';
import type { Diagnostic } from '../../values/diagnostic';
import { declaredValue, switchesOn } from './declared';
import { keepsJwtFormat } from '../token-format';
import type { AppGuard, AppGuardInput } from './guard';

/** What the format of tokens does to clients, and what the org demands of every code flow. */
export const guardTokens: AppGuard = (input) => [
  ...keptFormat(input),
  ...neededFormat(input),
  ...jwtAndSoap(input),
  ...pkce(input),
];

/** A default never changes the format of tokens that clients get today. */
function keptFormat({ app, live }: AppGuardInput): readonly Diagnostic[] {
  if (!keepsJwtFormat(app, live)) return [];
  return [
    {
      code: 'token-format-kept',
      severity: 'note',
      path: app.path,
      field: 'accessTokens',
      problem: 'kept: the app issues JWT access tokens, and the code does not state accessTokens',
      allowed: 'AccessTokens.jwt(…) to keep them as declared, AccessTokens.opaque(…) to end them',
      remedy: 'state accessTokens; opaque tokens break clients of hosted MCP servers, the Agent API and the Models API',
    },
  ];
}

/** Programs learn it at synth; a Terraform configuration learns it here. */
function neededFormat({ app, live }: AppGuardInput): readonly Diagnostic[] {
  if (switchesOn(app, 'isNamedUserJwtEnabled') || keepsJwtFormat(app, live)) return [];
  const scopes = declaredValue(app, 'commaSeparatedOauthScopes');
  return Array.isArray(scopes)
    ? scopesNeedJwt(scopes.filter((scope) => typeof scope === 'string')).map((found) => ({ ...found, path: app.path }))
    : [];
}

/** Told once, when the app begins to issue JWTs. */
function jwtAndSoap({ app, live, diffs }: AppGuardInput): readonly Diagnostic[] {
  if (!switchesOn(app, 'isNamedUserJwtEnabled')) return [];
  const begins = diffs.some(({ changes }) => changes.some(({ field }) => field === 'isNamedUserJwtEnabled'));
  if (!begins) return [];
  return [
    {
      code: 'jwt-tokens-refused-by-soap',
      severity: 'warning',
      path: app.path,
      field: 'accessTokens',
      problem:
        'SOAP APIs before version 68, the Metadata API among them, refuse JWT access tokens' +
        (live ? ', so clients of this app that use them stop working' : ''),
      allowed: 'JWTs for clients that use REST only',
      remedy: 'keep AccessTokens.opaque(…) where a client uses SOAP: data loaders, older deployment tools',
      source: 'Salesforce Help: Configure an External Client App to Issue JWT-Based Access Tokens',
    },
  ];
}

/** An app may do without PKCE only where the org does not demand it of every app. */
function pkce({ app, situation }: AppGuardInput): readonly Diagnostic[] {
  if (declaredValue(app, 'isPkceRequired') !== false) return [];
  const settings = situation.observed.settings['OauthOidcSettings'];
  const live = settings?.state === 'present' && settings.component.fields['isPkceRequired'] === true;
  const declared = situation.manifest.settings
    .map(({ fields }) => fields['isPkceRequired']?.value)
    .find((value) => value !== undefined);
  if (declared === undefined ? !live : declared !== true) return [];
  return [
    {
      code: 'pkce-required-by-org',
      severity: 'warning',
      path: app.path,
      field: 'pkce',
      problem: 'the org requires PKCE of every app, so clients of this one fail without it, whatever the app says',
      allowed: 'PKCE required by the app, or not required by the org',
      remedy: 'remove pkce here and let the client send a code_challenge',
    },
  ];
}
