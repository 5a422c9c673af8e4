import type { Diagnostic, DiagnosticCode } from '../values/diagnostic';
import { unusableKey } from '../declaration/certificate-rules';
import type { ClientApp } from './client-app';
import { scopesNeedJwt } from '../declaration/scopes-need-jwt';

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
    ...(app.kind === 'machine' && app.certificate ? unusableKey(app.certificate) : []),
  ].map((found) => ({
    ...found,
    path: app.path,
  }));
}

type Found = Omit<Diagnostic, 'path'>;

/** An External Client App may have the scope and still cannot register anybody. */
function registration({ platform, scopes }: ClientApp): readonly Found[] {
  if (platform !== 'external-client-app' || !scopes.includes('UserRegistration')) return [];
  return [
    {
      code: 'headless-registration-refused',
      severity: 'error',
      field: 'scopes',
      problem: 'the scope UserRegistration is for headless registration, which External Client Apps do not support',
      value: 'UserRegistration',
      allowed: 'any other scope',
      remedy: 'remove the scope; headless registration needs an existing Connected App',
      source: 'Salesforce Help: Comparison of Connected Apps and External Client Apps Features',
    },
  ];
}

/** The platform lets a Connected App have the scope, and the servers refuse it. */
function hostedMcp({ platform, scopes }: ClientApp): readonly Found[] {
  if (platform !== 'connected-app' || !scopes.includes('MCP')) return [];
  return [
    {
      code: 'mcp-refused',
      severity: 'error',
      field: 'scopes',
      problem: 'the scope MCP is for MCP servers hosted by Salesforce, which do not support Connected Apps',
      value: 'MCP',
      allowed: 'any other scope',
      remedy: 'remove the scope, or declare an External Client App',
      source: 'Salesforce Hosted MCP Servers: Create an External Client App',
    },
  ];
}

function tokenFormat({ scopes, accessToken }: ClientApp): readonly Found[] {
  return accessToken.value.format === 'jwt' ? [] : scopesNeedJwt(scopes);
}

/** Options about tokens that the scopes never let anybody have. */
function tokens(app: ClientApp): readonly Found[] {
  const found: Found[] = [];
  const warn = (code: DiagnosticCode, field: string, problem: string, remedy: string): void => {
    found.push({
      code,
      severity: 'warning',
      field,
      problem,
      remedy,
      source: 'Salesforce Help: OAuth Tokens and Scopes',
    });
  };
  const has = (scope: string): boolean => app.scopes.includes(scope);
  if (app.kind !== 'machine' && !has('RefreshToken')) {
    const field =
      app.refreshToken.origin === 'stated' && app.refreshToken.value.type !== 'Zero'
        ? 'refreshTokens'
        : app.limitIdleRefreshTokens && 'limitIdleRefreshTokens';
    const problem = 'the option is about refresh tokens, and without the scope RefreshToken nobody gets one';
    if (field) warn('refresh-token-never-issued', field, problem, `add Scope.REFRESH_TOKEN, or remove ${field}`);
  }
  if (app.idToken && !has('OpenID')) {
    const problem = 'the option is about ID tokens, and without the scope OpenID nobody gets one';
    warn('id-token-never-issued', 'idToken', problem, 'add Scope.OPENID, or remove idToken');
  }
  if (app.kind === 'machine' && app.scopes.every((scope) => scope === 'RefreshToken')) {
    const problem = 'the scope RefreshToken alone lets a machine do nothing, and Salesforce issues no token for it';
    warn('scopes-give-no-token', 'scopes', problem, 'add what the machine calls, usually Scope.API');
  }
  return found;
}

/** A range of every address trusts everybody, which is the same as no range and looks like one. */
function ranges({ trustedIpRanges = [] }: ClientApp): readonly Found[] {
  const all = trustedIpRanges.find(({ start, end }) => start === '0.0.0.0' && end === '255.255.255.255');
  if (!all) return [];
  return [
    {
      code: 'trusts-every-address',
      severity: 'warning',
      field: 'trustedIpRanges',
      problem: 'the range trusts every IPv4 address there is, so nobody is ever asked to verify who they are',
      value: `${all.start} - ${all.end}`,
      remedy: 'state the addresses that logins really come from, or remove the range',
      source: 'Salesforce Help: Connected App IP Relaxation and Continuous IP Enforcement',
    },
  ];
}

function startPage({ startPage: start, disabledPlugins }: ClientApp): readonly Found[] {
  if (start?.page !== 'SAML' || !disabledPlugins?.includes('Saml')) return [];
  return [
    {
      code: 'start-page-switched-off',
      severity: 'warning',
      field: 'startPage',
      problem: 'the start page is the one of the SAML plugin, which disabledPlugins switches off',
      remedy: 'choose StartPage.NONE or StartPage.custom(…), or leave SAML on',
    },
  ];
}
