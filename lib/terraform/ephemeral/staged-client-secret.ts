import { OPEN_SECRET_ACCESS } from '../credentials/resource';
import { loadCredentials } from '../load-credentials';
import { text, Unknown } from '../wire/value';
import type { EphemeralResource } from './ephemeral-resource';

/**
 * `salesforce_staged_client_secret`: the secret of credentials that salesforce_staged_credentials staged. In the apply that
 * stages them it comes from the memory of this process. A plan reads no secret: it is not known there, so that a plan needs no
 * right to read it and no org-wide switch, and what is written by another apply is never written without it.
 */
export const stagedClientSecret: EphemeralResource = {
  schema: {
    version: 0,
    description:
      'The secret of credentials staged by salesforce_staged_credentials, for a write-only argument of a store. It is in no ' +
      'plan and no state, and a plan does not read it.',
    attributes: [
      { name: 'api_name', type: 'string', mode: 'required', description: 'API name of the External Client App.' },
      {
        name: 'consumer_key',
        type: 'string',
        mode: 'required',
        description: 'Consumer key of the credentials: consumer_key of salesforce_staged_credentials.',
      },
      {
        name: 'client_secret',
        type: 'string',
        mode: 'computed',
        sensitive: true,
        description:
          'The consumer secret. Not known in a plan. In an apply that does not stage the credentials it is read from the ' +
          'org: see open_secret_access.',
      },
      OPEN_SECRET_ACCESS,
    ],
  },
  validate: () => [],
  open: async (config, session) => {
    const key = text(config['consumer_key']) ?? '';
    const kept = session.secrets.get(key);
    if (kept) return { state: { ...config, client_secret: kept.reveal() }, diagnostics: [] };
    if (session.isPlanOf(key)) return { state: { ...config, client_secret: new Unknown() }, diagnostics: [] };
    return loadCredentials.readSecret()(config, session);
  },
};
