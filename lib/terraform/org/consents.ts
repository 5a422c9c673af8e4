import { type AppConsent, OPTION_CONSENTS } from '../../options/consents';
import type { Consents } from '../../plan/plan';
import type { Values } from '../wire/value';

/** What a configuration agrees to for its app. */
export const consentsIn = (config: Values): readonly AppConsent[] =>
  OPTION_CONSENTS.filter((consent) => config[consent] === true);

/** The same for planning, which knows apps by name. */
export function consentsOf(
  apps: readonly { readonly apiName: string; readonly consents: readonly AppConsent[] }[],
): Partial<Consents> {
  const named = new Set(apps.flatMap(({ consents }) => consents));
  return Object.fromEntries(
    [...named].map((consent) => [
      consent,
      apps.filter(({ consents }) => consents.includes(consent)).map(({ apiName }) => apiName),
    ]),
  );
}
