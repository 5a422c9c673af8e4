import { diagnose } from '../values/diagnose';
import type { Diagnostic } from '../values/diagnostic';

/** Scopes of services that accept nothing but JWT access tokens. */
const SERVICES: Readonly<Record<string, string>> = {
  MCP: 'MCP servers hosted by Salesforce, which refuse',
  SFApiPlatform: 'the Salesforce API Platform (Agent, Models and Testing API), which refuses',
};

export const SCOPES_WITH_JWT: readonly string[] = Object.keys(SERVICES);

/** What is wrong with opaque tokens for these scopes; the same at synth and at plan. */
export const scopesNeedJwt = (scopes: readonly string[], path: string): readonly Diagnostic[] =>
  scopes.flatMap((scope) => {
    const service = SERVICES[scope];
    if (service === undefined) return [];
    const value = 'opaque tokens, which are the default';
    const source = 'Agent API Developer Guide; Models API Developer Guide; Salesforce Hosted MCP Servers';
    return [diagnose('scope-needs-jwt', { path, field: 'accessTokens', value, source }, { scope, service })];
  });
