import { unusableKey } from '../declaration/certificate-rules';
import { scopesNeedJwt } from '../declaration/scopes-need-jwt';
import { diagnose } from '../values/diagnose';
import type { Diagnostic } from '../values/diagnostic';
import type { ClientApp } from './client-app';

/**
 * What must hold between the options of a valid app so that its flows work. Only what can never work is an error; the
 * rest are warnings, because a program may be ahead of its org. How strong a certificate is and when it ends, controls
 * judge.
 */
export function checkFlows(app: ClientApp): readonly Diagnostic[] {
  return [
    ...registration(app),
    ...hostedMcp(app),
    ...tokenFormat(app),
    ...tokens(app),
    ...ranges(app),
    ...startPage(app),
    ...(app.kind === 'machine' && app.certificate ? unusableKey(app.certificate, app.path) : []),
  ];
}

/** An External Client App may have the scope and still cannot register anybody. */
function registration({ path, platform, scopes }: ClientApp): readonly Diagnostic[] {
  if (platform !== 'external-client-app' || !scopes.includes('UserRegistration')) return [];
  return [
    diagnose('headless-registration-refused', {
      path,
      field: 'scopes',
      value: 'UserRegistration',
      source: 'Salesforce Help: Comparison of Connected Apps and External Client Apps Features',
    }),
  ];
}

/** The platform lets a Connected App have the scope, and the servers refuse it. */
function hostedMcp({ path, platform, scopes }: ClientApp): readonly Diagnostic[] {
  if (platform !== 'connected-app' || !scopes.includes('MCP')) return [];
  return [
    diagnose('mcp-refused', {
      path,
      field: 'scopes',
      value: 'MCP',
      source: 'Salesforce Hosted MCP Servers: Create an External Client App',
    }),
  ];
}

function tokenFormat({ path, scopes, accessToken }: ClientApp): readonly Diagnostic[] {
  return accessToken.value.format === 'jwt' ? [] : scopesNeedJwt(scopes, path);
}

/** Options about tokens that the scopes never let anyone have. */
function tokens(app: ClientApp): readonly Diagnostic[] {
  const at = { path: app.path, source: 'Salesforce Help: OAuth Tokens and Scopes' };
  const found: Diagnostic[] = [];
  const has = (scope: string): boolean => app.scopes.includes(scope);
  // An app of the org may state its policy all the same: whoever got a token while it had the scope still has it.
  if (app.kind !== 'machine' && !app.adopt && !has('RefreshToken')) {
    const field =
      app.refreshToken.origin === 'stated' && app.refreshToken.value.type !== 'Zero'
        ? 'refreshTokens'
        : app.limitIdleRefreshTokens && 'limitIdleRefreshTokens';
    if (field) found.push(diagnose('refresh-token-never-issued', { ...at, field }, { option: field }));
  }
  if (app.idToken && !has('OpenID')) found.push(diagnose('id-token-never-issued', { ...at, field: 'idToken' }));
  if (app.kind === 'machine' && app.scopes.every((scope) => scope === 'RefreshToken')) {
    found.push(diagnose('scopes-give-no-token', { ...at, field: 'scopes' }));
  }
  return found;
}

/** A range of every address trusts everyone, which is the same as no range and looks like one. */
function ranges({ path, trustedIpRanges = [] }: ClientApp): readonly Diagnostic[] {
  const all = trustedIpRanges.find(({ start, end }) => start === '0.0.0.0' && end === '255.255.255.255');
  if (!all) return [];
  return [
    diagnose('trusts-every-address', {
      path,
      field: 'trustedIpRanges',
      value: `${all.start} - ${all.end}`,
      source: 'Salesforce Help: Connected App IP Relaxation and Continuous IP Enforcement',
    }),
  ];
}

function startPage({ path, startPage: start, disabledPlugins }: ClientApp): readonly Diagnostic[] {
  if (start?.page !== 'SAML' || !disabledPlugins?.includes('Saml')) return [];
  return [diagnose('start-page-switched-off', { path, field: 'startPage' })];
}
