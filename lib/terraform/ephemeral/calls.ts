import { attempt, diagnosticMessage, given, textIn, written } from '../answers';
import type { Session } from '../org/session';
import { conform } from '../schema/conform';
import type { Message } from '../wire/protocol';
import type { Handlers } from '../wire/server';
import { values } from '../wire/value';
import { accessToken } from './access-token';
import type { EphemeralResource } from './ephemeral-resource';
import { stagedClientSecret } from './staged-client-secret';

export const EPHEMERAL_RESOURCES: Readonly<Record<string, EphemeralResource>> = {
  salesforce_access_token: accessToken,
  salesforce_staged_client_secret: stagedClientSecret,
};

/** The calls of Terraform that are about ephemeral resources. @param session The one of now: a configuration makes a new one. */
export const ephemeralCalls = (session: () => Session): Handlers => ({
  ValidateEphemeralResourceConfig: (request) => ({
    diagnostics: ephemeral(request)
      .validate(values(given(request, 'config')))
      .map(diagnosticMessage),
  }),
  OpenEphemeralResource: async (request) => {
    const { schema, open } = ephemeral(request);
    const config = conform(schema.attributes, values(given(request, 'config')));
    const { state, diagnostics } = await attempt('opening an ephemeral resource', { state: null }, () =>
      open(config, session()),
    );
    return {
      ...(state !== null && { result: written(schema, state) }),
      diagnostics: diagnostics.map(diagnosticMessage),
    };
  },
  // Nothing is held open: what a session or a secret is good for does not end with the run that was given it.
  CloseEphemeralResource: () => ({}),
});

function ephemeral(request: Message): EphemeralResource {
  const name = textIn(request, 'type_name');
  const found = EPHEMERAL_RESOURCES[name];
  if (!found) throw new TypeError(`No ephemeral resource ${name}`);
  return found;
}
