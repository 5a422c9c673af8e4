/** What every control is tested for; beside these, that an exception covers a violation, and that it ends. */
export type Situation = 'violates' | 'complies' | 'not applicable' | 'unreadable';

export const SITUATIONS: readonly Situation[] = ['violates', 'complies', 'not applicable', 'unreadable'];

type Impossible = Readonly<Partial<Record<Situation, string>>>;

const UNKNOWN_TO_METADATA = 'no metadata tells it, so that there never is a verdict';
const PLUGIN: Impossible = {
  violates: 'plugins are recognised and not read',
  complies: 'plugins are recognised and not read',
};
const EVERY_ORG: Impossible = { 'not applicable': 'every org has these settings' };

/** Situations that cannot come about, and why. Everything else has a case, or the suite fails. */
export const IMPOSSIBLE: Readonly<Record<string, Impossible | undefined>> = {
  'SFCA-ECA-CUSTOM-SCOPES': {
    violates: 'only the org knows what a scope of its own stands for',
    complies: 'only the org knows what a scope of its own stands for',
  },
  'SFCA-ECA-MOBILE': PLUGIN,
  'SFCA-ECA-NOTIFICATIONS': PLUGIN,
  'SFCA-ECA-PUSH': PLUGIN,
  'SFCA-ECA-SAML': PLUGIN,
  'SFCA-ECA-USAGE': { violates: UNKNOWN_TO_METADATA, complies: UNKNOWN_TO_METADATA },
  'SFCA-ORG-CONNECTED-APP-CREATION': {
    ...EVERY_ORG,
    violates: UNKNOWN_TO_METADATA,
    complies: UNKNOWN_TO_METADATA,
  },
  'SFCA-ORG-METADATA-SECRETS': EVERY_ORG,
  'SFCA-ORG-OAUTH-FLOWS': EVERY_ORG,
  'SFCA-ORG-REST-SECRETS': EVERY_ORG,
};
