import { fail, lowers, pass, raises, theme } from '../define';
import { known } from '../reading';

/** The certificate that opens the JWT bearer flow. */
export const jwtBearer = theme({
  kinds: ['machine'],
  reads: ['certificate'],
  contradiction:
    'The article asks for it on every app. A certificate signs in a machine without a user; on an app that people log in ' +
    'through it would open a second door that nobody needs. This control therefore judges machines only.',
  risk: 'Without a certificate the machine has to prove itself with a shared secret, which can be copied without a trace.',
  threat:
    'The secret of a nightly job is read from its environment and used from elsewhere; a private key in a key store is not.',
  conditions: [
    raises('the client credentials flow is on', ({ app }) =>
      known(app.fields.clientCredentialsPolicy, (enabled) => enabled === true),
    ),
    lowers('the client credentials flow is off, so that the machine has no way in at all', ({ app }) =>
      known(app.fields.clientCredentialsPolicy, (enabled) => enabled !== true),
    ),
  ],
  considerations: {
    risk: 'It is worst where the client credentials flow is on instead, because a secret can be copied without a trace.',
    business:
      'The client has to sign its own requests with a private key, and somebody has to replace the certificate before it ends.',
  },
  judge: ({ certificate }) =>
    certificate === undefined
      ? fail('The app has no certificate, so this machine cannot use the JWT bearer flow.')
      : pass('The app has a certificate: the machine signs in with its private key.'),
});
