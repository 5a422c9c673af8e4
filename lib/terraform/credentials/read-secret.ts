import { credentialsOf, refused } from '../../operations/rotate-staged';
import type { Secret } from '../../values/secret';
import type { Session } from '../org/session';
import type { Answered } from '../resource';
import { text, type Values } from '../wire/value';
import { inRotation } from './access';

/**
 * The secret of credentials, staged or in use, for an apply that did not stage them itself: a sink failed in the apply that
 * did, or someone wants it to have the secret again.
 */
export async function readSecret(config: Values, session: Session): Promise<Answered> {
  const key = text(config['consumer_key']) ?? '';
  const { value, diagnostics } = await inRotation<Secret>(session, {
    apiName: text(config['api_name']) ?? '',
    agreed: config['open_secret_access'] === true,
    prior: undefined,
    work: async (rotation) => {
      const { api, id, consumer, staged } = await credentialsOf(rotation);
      const inUse = consumer.key === key ? (await api.current(id, consumer.id)).secret : undefined;
      const found = inUse ?? (staged?.key === key ? staged.secret : undefined);
      if (found) return found;
      const reason = `it has no credentials with the consumer key ${key}, or the org does not show their secret`;
      throw refused(rotation.app.apiName, reason, 'stage new ones: another text in rotation');
    },
  });
  return { state: { ...config, client_secret: value.reveal() }, diagnostics };
}
