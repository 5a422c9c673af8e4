import { isGenericLogin, originOf } from '../../org/login-url';
import { refusal } from '../answers';
import type { AppLogin } from '../org/access-token';
import type { TerraformDiagnostic } from '../resource';
import type { Attribute } from '../schema/attribute';
import { isUnknown, text, type Values } from '../wire/value';
import type { EphemeralResource } from './ephemeral-resource';

const ATTRIBUTES: readonly Attribute[] = [
  {
    name: 'consumer_key',
    type: 'string',
    mode: 'optional',
    description:
      'Consumer key of the app to log in through, together with consumer_secret (client credentials flow) or with ' +
      'username and private_key (JWT bearer flow). Default: the login of the provider itself.',
  },
  {
    name: 'consumer_secret',
    type: 'string',
    mode: 'optional',
    sensitive: true,
    description: 'Consumer secret of that app, to log in with the client credentials flow.',
  },
  {
    name: 'username',
    type: 'string',
    mode: 'optional',
    description: 'Username of the user the token acts for, with private_key.',
  },
  {
    name: 'private_key',
    type: 'string',
    mode: 'optional',
    sensitive: true,
    description:
      'Private key (PEM, RSA, 2,048 bits or more, without a passphrase) that belongs to the certificate of that app, ' +
      'to log in with the JWT bearer flow.',
  },
  {
    name: 'login_url',
    type: 'string',
    mode: 'optional',
    description: "Where that app logs in. Default: the address of the provider's org (My Domain).",
  },
  {
    name: 'access_token',
    type: 'string',
    mode: 'computed',
    sensitive: true,
    description: 'The access token. It is valid until the session timeout of its app.',
  },
  {
    name: 'instance_url',
    type: 'string',
    mode: 'computed',
    description: 'Address of the org that the token is for.',
  },
];

/**
 * `salesforce_access_token`: a token of the provider's login, or of an app. Closing does not end the session: a write-only
 * argument may have handed the token on, and Salesforce may give the same session to another client of the app.
 */
export const accessToken: EphemeralResource = {
  schema: {
    version: 0,
    description:
      "An access token that is in no plan and no state: of the provider's own login, or of an app by its client credentials or " +
      'a JWT bearer assertion. Terraform opens it in each plan and each apply, and each time is a login. Closing it does not end ' +
      'the session: the job that received the token may need it after the run.',
    attributes: ATTRIBUTES,
  },
  validate,
  open: async (config, session) => {
    const { accessToken: token, instanceUrl } = await session.accessToken(appLogin(config));
    return { state: { ...config, access_token: token, instance_url: instanceUrl }, diagnostics: [] };
  },
};

function validate(config: Values): readonly TerraformDiagnostic[] {
  const has = (name: string): boolean => (config[name] ?? null) !== null;
  const unknown = ['consumer_key', 'consumer_secret', 'username', 'private_key'].some((name) =>
    isUnknown(config[name]),
  );
  const problem = (attribute: string, detail: string): TerraformDiagnostic => ({
    ...refusal(`Wrong ${attribute}`, detail),
    attribute: [attribute],
  });
  const stray = ['consumer_secret', 'username', 'private_key', 'login_url'].find(has);
  if (unknown) return [];
  if (!has('consumer_key')) {
    return stray === undefined
      ? []
      : [problem(stray, `${stray} is for the login of an app: set its consumer_key as well.`)];
  }
  const [secret, key] = [has('consumer_secret'), has('private_key')];
  if (secret === key) {
    return [problem('consumer_key', 'Set either consumer_secret (client credentials) or private_key (JWT bearer).')];
  }
  if (key !== has('username')) {
    const detail = key
      ? 'The JWT bearer flow signs in a user: set the username.'
      : 'The client credentials flow acts for the run-as user of the app: remove username.';
    return [problem(key ? 'private_key' : 'username', detail)];
  }
  const url = text(config['login_url']);
  const origin = url === undefined ? undefined : originOf(url);
  if (origin && 'problem' in origin) return [problem('login_url', `${origin.problem}.`)];
  if (secret && origin && isGenericLogin(origin.origin)) {
    return [
      problem(
        'login_url',
        "Salesforce answers client credentials at the org's My Domain only (https://….my.salesforce.com).",
      ),
    ];
  }
  return [];
}

/** Undefined: the provider's own login. */
function appLogin(config: Values): AppLogin | undefined {
  const clientId = text(config['consumer_key']);
  if (clientId === undefined) return undefined;
  const [secret, pem, username] = ['consumer_secret', 'private_key', 'username'].map((name) => text(config[name]));
  const url = text(config['login_url']);
  const origin = url === undefined ? undefined : originOf(url);
  return {
    clientId,
    ...(origin && 'origin' in origin && { loginUrl: origin.origin }),
    ...(secret !== undefined ? { clientSecret: secret } : { privateKey: pem ?? '', username: username ?? '' }),
  };
}
