import type { Login } from './credentials';
import { audienceOf, isGenericLogin, originOf, PRODUCTION_LOGIN_URL } from './login-url';
import { OrgError } from './org-error';

/** What follows `SF_` or `SF_<ORG>_`. */
export const VARIABLES = [
  'ACCESS_TOKEN',
  'INSTANCE_URL',
  'CLIENT_ID',
  'USERNAME',
  'JWT_KEY_FILE',
  'JWT_KEY',
  'LOGIN_URL',
  'AUDIENCE',
  'CLIENT_SECRET',
  'TARGET_ORG',
] as const;
export type Variable = (typeof VARIABLES)[number];

/** Looked at only to say why they are of no use. */
export const PASSWORD_VARIABLES = ['PASSWORD', 'SECURITY_TOKEN'] as const;

/** One set of variables that logs in. */
export interface LoginWay {
  readonly title: string;
  /** All of them; of each inner list one. */
  readonly needs: readonly (readonly Variable[])[];
  /** Called only when `needs` is met. `name` spells a variable in full, for messages. */
  readonly read: (get: (variable: Variable) => string | undefined, name: (variable: Variable) => string) => Login;
}

/** In order of precedence. */
export const LOGIN_WAYS: readonly LoginWay[] = [
  {
    title: 'Access token',
    needs: [['ACCESS_TOKEN'], ['INSTANCE_URL']],
    read: (get, name) => {
      const clientId = get('CLIENT_ID');
      return {
        kind: 'access-token',
        accessToken: accessToken(get('ACCESS_TOKEN') ?? '', name('ACCESS_TOKEN')),
        instanceUrl: origin(get('INSTANCE_URL') ?? '', name('INSTANCE_URL')),
        ...(clientId === undefined ? {} : { clientId }),
      };
    },
  },
  {
    title: 'JWT bearer',
    needs: [['CLIENT_ID'], ['USERNAME'], ['JWT_KEY_FILE', 'JWT_KEY']],
    read: (get, name) => {
      const loginUrl = origin(get('LOGIN_URL') ?? PRODUCTION_LOGIN_URL, name('LOGIN_URL'));
      const file = get('JWT_KEY_FILE');
      return {
        kind: 'jwt-bearer',
        clientId: get('CLIENT_ID') ?? '',
        username: get('USERNAME') ?? '',
        privateKey:
          file === undefined
            ? { pem: get('JWT_KEY') ?? '', variable: name('JWT_KEY') }
            : { file, variable: name('JWT_KEY_FILE') },
        loginUrl,
        audience: get('AUDIENCE') ?? audienceOf(loginUrl),
      };
    },
  },
  {
    title: 'Client credentials',
    needs: [['CLIENT_ID'], ['CLIENT_SECRET'], ['LOGIN_URL']],
    read: (get, name) => {
      const loginUrl = origin(get('LOGIN_URL') ?? '', name('LOGIN_URL'));
      if (isGenericLogin(loginUrl)) {
        throw new OrgError(
          'login',
          `${name('LOGIN_URL')} is ${loginUrl}, where Salesforce does not accept client credentials requests`,
          `set ${name('LOGIN_URL')} to the org's My Domain (https://….my.salesforce.com)`,
        );
      }
      return {
        kind: 'client-credentials',
        clientId: get('CLIENT_ID') ?? '',
        clientSecret: get('CLIENT_SECRET') ?? '',
        loginUrl,
      };
    },
  },
  {
    title: 'Salesforce CLI',
    needs: [['TARGET_ORG']],
    read: (get) => {
      const alias = get('TARGET_ORG') ?? '';
      return alias === 'local' ? { kind: 'local' } : { kind: 'salesforce-cli', alias };
    },
  },
];

function origin(text: string, variable: string): string {
  const checked = originOf(text);
  if ('origin' in checked) return checked.origin;
  throw new OrgError('login', `${variable} cannot be used: ${checked.problem}`, `correct ${variable}`);
}

/** A header value: white space or a control character in it is a slip of copying, and would end in a cryptic error. */
function accessToken(text: string, variable: string): string {
  if (/^[\x21-\x7e]+$/.test(text)) return text;
  throw new OrgError(
    'login',
    `${variable} holds white space or characters that no access token has`,
    `set ${variable} to the bare token, without quotes or "Bearer"`,
  );
}
