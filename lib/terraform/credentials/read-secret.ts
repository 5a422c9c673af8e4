import { credentialsOf, rotationRefused } from '../../operations/rotate-staged';
import { diagnose } from '../../values/diagnose';
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
      const { apiName } = rotation.app;
      throw rotationRefused(diagnose('rotate-refused/no-secret', { path: apiName }, { app: apiName, key }));
    },
  });
  return { state: { ...config, client_secret: value.reveal() }, diagnostics };
}
