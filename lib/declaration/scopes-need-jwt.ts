import type { Diagnostic } from '../values/diagnostic';

/** Scopes of services that accept nothing but JWT access tokens. */
const SERVICES: Readonly<Record<string, string>> = {
  MCP: 'MCP servers hosted by Salesforce, which refuse',
  SFApiPlatform: 'the Salesforce API Platform (Agent, Models and Testing API), which refuses',
};

export const SCOPES_WITH_JWT: readonly string[] = Object.keys(SERVICES);

/** What is wrong with opaque tokens for these scopes; the same at synth and at plan. */
export const scopesNeedJwt = (scopes: readonly string[]): readonly Omit<Diagnostic, 'path'>[] =>
  scopes.flatMap((scope): Omit<Diagnostic, 'path'>[] => {
    const service = SERVICES[scope];
    if (service === undefined) return [];
    return [
      {
        code: 'scope-needs-jwt',
        severity: 'error',
        field: 'accessTokens',
        problem: `the scope ${scope} is for ${service} opaque access tokens`,
        value: 'opaque tokens, which are the default',
        allowed: 'JWT access tokens',
        remedy: `state accessTokens: AccessTokens.jwt(), or remove the scope ${scope}`,
        source: 'Agent API Developer Guide; Models API Developer Guide; Salesforce Hosted MCP Servers',
      },
    ];
  });
