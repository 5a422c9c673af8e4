/** What every control is tested for; beside these, that an exception covers a violation, and that it ends. */
export type Situation = 'violates' | 'complies' | 'not applicable' | 'unreadable';

export const SITUATIONS: readonly Situation[] = ['violates', 'complies', 'not applicable', 'unreadable'];

type Impossible = Readonly<Partial<Record<Situation, string>>>;

const EVERY_ORG: Impossible = { 'not applicable': 'every org has these settings' };

/** Situations that cannot come about, and why. Everything else has a case, or the suite fails. */
export const IMPOSSIBLE: Readonly<Record<string, Impossible | undefined>> = {
  'SFCA-ORG-ANY-API-CLIENT': EVERY_ORG,
  'SFCA-ORG-API-ACCESS': EVERY_ORG,
  'SFCA-ORG-DOOR-HOLDERS': EVERY_ORG,
  'SFCA-ORG-METADATA-SECRETS': EVERY_ORG,
  'SFCA-ORG-OAUTH-FLOWS': EVERY_ORG,
  'SFCA-ORG-REST-SECRETS': EVERY_ORG,
  'SFCA-ORG-UNKNOWN-APPS': EVERY_ORG,
};
