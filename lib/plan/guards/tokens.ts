import { scopesNeedJwt } from '../../declaration/scopes-need-jwt';
import { declaredList, declaredValue, switchesOn } from '../../metadata/declared-setting';
import { diagnose } from '../../values/diagnose';
import type { Diagnostic } from '../../values/diagnostic';
import { switchAfter } from '../org-switch';
import { keepsJwtFormat } from '../token-format';
import { changesAny } from './declared';
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
  return [diagnose('token-format-kept', { path: app.path, field: 'accessTokens' })];
}

/** Programs learn it at synth; a Terraform configuration learns it here. */
function neededFormat({ app, live }: AppGuardInput): readonly Diagnostic[] {
  if (switchesOn(app, 'jwtAccessTokens') || keepsJwtFormat(app, live)) return [];
  return scopesNeedJwt(declaredList(app, 'scopes') ?? [], app.path);
}

/** Reported once, when the app begins to issue JWTs. */
function jwtAndSoap(input: AppGuardInput): readonly Diagnostic[] {
  const { app, live } = input;
  if (!switchesOn(app, 'jwtAccessTokens') || !changesAny(input, 'jwtAccessTokens')) return [];
  return [
    diagnose(live ? 'jwt-tokens-refused-by-soap/live' : 'jwt-tokens-refused-by-soap', {
      path: app.path,
      field: 'accessTokens',
      source: 'Salesforce Help: Configure an External Client App to Issue JWT-Based Access Tokens',
    }),
  ];
}

/** An app may do without PKCE only where the org does not demand it of every app. */
function pkce({ app, situation }: AppGuardInput): readonly Diagnostic[] {
  if (declaredValue(app, 'pkceRequired') !== false) return [];
  if (switchAfter(situation, 'isPkceRequired') !== true) return [];
  return [diagnose('pkce-required-by-org', { path: app.path, field: 'pkce' })];
}
