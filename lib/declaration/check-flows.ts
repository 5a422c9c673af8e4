import type { Certificate } from '../values/certificate';
import type { Diagnostic } from '../values/diagnostic';
import { daysUntil } from '../values/iso-date';
import type { ClientApp } from './client-app';
import { scopesNeedJwt } from './scopes-need-jwt';

/** Days before the end of a certificate from which every synth and every plan warns. */
export const CERTIFICATE_NOTICE_DAYS = 30;

/**
 * What must hold between the options of a valid app so that its flows work. Only what can never work is an error; the
 * rest are warnings, because a program may be ahead of its org. Today is an ISO date.
 */
export function checkFlows(app: ClientApp, today: string): readonly Diagnostic[] {
  return [
    ...registration(app),
    ...hostedMcp(app),
    ...tokenFormat(app),
    ...tokens(app),
    ...ranges(app),
    ...startPage(app),
    ...certificates(app, today),
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
  const warn = (code: string, field: string, problem: string, remedy: string): void => {
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

function certificates(app: ClientApp, today: string): readonly Found[] {
  const found: Found[] = [];
  if (app.kind === 'machine' && app.certificate) {
    found.push(...strength(app.certificate), ...validity(app.certificate, 'certificate', today));
  }
  if (app.firstPartyApp?.enabled) {
    const field = 'firstPartyApp.clientAssertionCertificate';
    found.push(...validity(app.firstPartyApp.clientAssertionCertificate, field, today));
  }
  return found;
}

/** Shortest RSA key that NIST and Salesforce's own guides accept. */
const LEAST_RSA_BITS = 2048;

/** What the certificate of the JWT bearer flow must be for clients to sign in with it, and nobody else. */
export function strength({ key, brokenHash, subject }: Certificate): readonly Found[] {
  const found: Found[] = [];
  const tell = (code: string, severity: Diagnostic['severity'], problem: string, allowed: string): void => {
    const remedy = 'make a new key pair and certificate: openssl req -x509 -newkey rsa:2048 -sha256 -days 365 …';
    found.push({ code, severity, field: 'certificate', problem, value: subject, allowed, remedy, source: JWT_BEARER });
  };
  if (key.type !== 'rsa') {
    const problem = `the certificate holds a key of type ${key.type}, and the JWT bearer flow verifies RS256 only`;
    tell('certificate-key-unusable', 'error', problem, 'an RSA key');
  } else if ((key.bits ?? 0) < LEAST_RSA_BITS) {
    const problem = `the certificate holds an RSA key of ${key.bits ?? 0} bits, which is too short to be secret`;
    tell('certificate-key-weak', 'error', problem, `an RSA key of at least ${LEAST_RSA_BITS} bits`);
  }
  if (brokenHash) {
    // A client is known by the key; the signature matters to those who trust the issuer.
    const problem = `the certificate is signed with ${brokenHash}, which can be forged`;
    tell('certificate-hash-broken', brokenHash === 'MD5' ? 'error' : 'warning', problem, 'SHA-256 or newer');
  }
  return found;
}

const JWT_BEARER = 'Salesforce Help: OAuth 2.0 JWT Bearer Flow for Server-to-Server Integration; NIST SP 800-131A';

/** The same words at synth and at plan. */
export function validity(certificate: Certificate, field: string, today: string): readonly Found[] {
  const { subject, notAfter } = certificate;
  const left = daysUntil(notAfter.slice(0, 10), today);
  if (left > CERTIFICATE_NOTICE_DAYS) return [];
  return [
    {
      severity: 'warning',
      field,
      code: left < 0 ? 'certificate-expired' : 'certificate-expires-soon',
      problem: left < 0 ? 'the certificate has expired' : `the certificate expires in ${left} days`,
      value: `${subject}, not after ${notAfter}`,
      remedy: 'issue a new certificate, declare it and apply; the clients must switch to the new key at the same time',
    },
  ];
}
