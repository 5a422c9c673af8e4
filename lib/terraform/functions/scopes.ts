import { findScope, intendedScope } from '../../declaration/scope-tokens';
import { ok } from '../../values/result';
import { scopesProblem } from '../app/check-values';
import { type ProviderFunction, texts, wrong } from './function';

/** `scopes(names)`: the names that the resources take, of names as OAuth clients and people write them. */
export const scopes: ProviderFunction = {
  summary: 'Reads OAuth scopes in any spelling',
  description:
    'Returns the scopes in the spelling of comma_separated_oauth_scopes (Api, RefreshToken), whether they were written that way ' +
    'or as a client requests them (api, refresh_token, offline_access, id). Fails for a scope that External Client Apps ' +
    'do not have, naming the closest one that they have, and for an empty list.',
  parameters: [
    { name: 'names', type: ['list', 'string'], description: 'Names of scopes, one per element, in either spelling.' },
  ],
  returns: ['set', 'string'],
  call: ([given]) => {
    const tokens = texts(given).map((name) => (findScope(name) ? name : (intendedScope(name) ?? name)));
    const problem = scopesProblem(tokens, 'external-client-app');
    return problem === undefined ? ok([...new Set(tokens)]) : wrong(0, problem);
  },
};
