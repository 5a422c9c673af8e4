import { schemaOf } from './schema/schema';

/** Names that differ between the Connected App enum and the external client app's comma-separated text. */
const ECA_NAMES: Readonly<Record<string, string>> = { SFAP: 'SFApiPlatform' };

/** What the platform writes back for a synonym. */
const FOLDED: Readonly<Record<string, string>> = {
  Address: 'Basic',
  Email: 'Basic',
  Phone: 'Basic',
  Profile: 'Basic',
  OfflineAccess: 'RefreshToken',
};

/** The scope tokens an external client app may have at an API version, in the platform's order. */
export const ecaScopes = (version: number): readonly string[] =>
  (schemaOf('ConnectedAppOauthAccessScope')?.literals ?? [])
    .filter(({ since }) => since <= version)
    .map(({ value }) => ECA_NAMES[value] ?? value);

/** Synonyms replaced by what they stand for, each once. */
export const foldScopes = (scopes: readonly string[]): readonly string[] => [
  ...new Set(scopes.map((scope) => FOLDED[scope] ?? scope)),
];

/** The scopes in the platform's own order, which is not the author's. */
export function inPlatformOrder(scopes: readonly string[]): readonly string[] {
  const order = ecaScopes(Infinity);
  return [...new Set(scopes)].sort((a, b) => order.indexOf(a) - order.indexOf(b));
}
