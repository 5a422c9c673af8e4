import type { Enablement, TokenTypeName } from '../../declaration/oauth-records';
import { Username } from '../../declaration/options/username';
import { readApexClass } from '../../declaration/read/apex-class';
import { readAccepts, readEnablements } from '../../declaration/read/enablements';
import type { Props } from '../../declaration/read/props';
import { readOffSwitch } from '../../declaration/read/switch';
import type { Reading } from '../../declaration/reading';
import type { ClientApp } from '../../options/client-app';
import { diagnose } from '../../values/diagnose';
import type { Diagnostic } from '../../values/diagnostic';
import { TOKEN_EXCHANGE_HANDLER } from '../../values/metadata-types';
import type { FieldRecord, OwnedValue } from '../component';
import { apexClass, flag, records, text } from '../fields/field';
import { APP_MEMBER, appsInRows } from './app-rows';
import { ownedValue, readSwitch, type RecordDeclaration, recordKind, statedValue } from './kind';

const accepts = (name: string, title: string, since = 60): ReturnType<typeof flag> =>
  flag(name, title, {
    since,
    direction: 'true-widens',
    impact: { whenFalse: { level: 'breaks', who: 'clients that exchange tokens this way' } },
  });

const ACCEPTS: Readonly<Record<TokenTypeName, string>> = {
  AccessToken: 'isAccessTokenSupported',
  IdToken: 'isIdTokenSupported',
  Jwt: 'isJwtSupported',
  RefreshToken: 'isRefreshTokenSupported',
  Saml2: 'isSaml2Supported',
};

const APEX_CLASS = 'the name of an Apex class of the org that extends Auth.Oauth2TokenExchangeHandler';

/** First Metadata API version in which a handler says whether it may create contacts. */
const CONTACTS_SINCE = 65;

/** Tells which tokens of another issuer are exchanged, by which Apex class, and for which apps. */
export const tokenExchangeHandler = recordKind({
  type: {
    name: TOKEN_EXCHANGE_HANDLER,
    directory: 'oauthtokenexchangehandlers',
    suffix: 'oauthtokenexchangehandler',
    since: 60,
    title: 'Token exchange handler',
    fields: [
      text('description', 'Description', { since: 60 }),
      text('developerName', 'Name', { since: 60 }),
      records(
        'enablements',
        'Apps it is enabled for',
        [
          text('apexExecutionUser', 'Runs as', { since: 60, direction: 'change-widens' }),
          text('connectedApp', 'Connected App', { since: 60 }),
          text('externalClientApp', 'External client app', { since: 60 }),
          flag('isDefault', 'Default handler of the app', { since: 60 }),
        ],
        {
          since: 60,
          direction: 'growing-widens',
          impact: {
            onChange: { level: 'breaks', who: 'clients of an app that the handler no longer serves as before' },
          },
        },
      ),
      accepts('isAccessTokenSupported', 'Exchange access tokens'),
      accepts('isContactCreationAllowed', 'May create contacts', CONTACTS_SINCE),
      accepts('isEnabled', 'Enabled'),
      accepts('isIdTokenSupported', 'Exchange ID tokens'),
      accepts('isJwtSupported', 'Exchange JSON Web Tokens'),
      flag('isProtected', 'Protected component', { since: 60 }),
      accepts('isRefreshTokenSupported', 'Exchange refresh tokens'),
      accepts('isSaml2Supported', 'Exchange SAML 2.0 assertions'),
      accepts('isUserCreationAllowed', 'May create users'),
      text('masterLabel', 'Label', { since: 60 }),
      apexClass('tokenHandlerApex', 'Apex class', {
        since: 60,
        direction: 'change-widens',
        impact: { onChange: { level: 'unknown', who: 'clients whose tokens the other class does not accept' } },
      }),
    ],
  },
  words: 'token exchange handler',
  brief: 'handler',
  purpose:
    'Which tokens of another issuer clients can exchange for tokens of the org, through which Apex class, and for which apps.',
  attribute: 'handler',
  required: [
    'masterLabel',
    'description',
    'tokenHandlerApex',
    'isEnabled',
    ...Object.values(ACCEPTS),
    'isUserCreationAllowed',
  ],
  otherwise: { isContactCreationAllowed: false },
  phase: 'handlers',
  apps: 'enablements',
  options: {
    apexClass: 'tokenHandlerApex',
    enabled: 'isEnabled',
    accepts: undefined,
    enabledFor: 'enablements',
    createsUsers: 'isUserCreationAllowed',
    createsContacts: 'isContactCreationAllowed',
  },
  read: (given, reading) => ({
    tokenHandlerApex: statedValue(readApexClass(given['apexClass'], 'apexClass', APEX_CLASS, reading)),
    isEnabled: readSwitch(given, 'enabled', true, reading),
    ...readTokenTypes(given, reading),
    ...readUsersOf(given, reading),
  }),
  // An org may have a handler that takes no tokens, and one that creates users without a reason that anyone wrote down.
  recall: ({ tokenHandlerApex, enablements }) => ({
    apexClass: tokenHandlerApex,
    enabledFor: appsInRows(enablements).map(({ apiName, platform, row: { apexExecutionUser, isDefault } }) => ({
      app: { [APP_MEMBER[platform]]: apiName },
      runAs: typeof apexExecutionUser === 'string' ? Username.of(apexExecutionUser) : undefined,
      isDefault,
    })),
  }),
  check: (handlers, apps) => [...twoDefaults(handlers), ...handlers.flatMap((each) => appsExchange(each, apps))],
});

function readTokenTypes(given: Props, reading: Reading): Readonly<Record<string, OwnedValue>> {
  const taken = readAccepts(given['accepts'], reading);
  return Object.fromEntries(
    Object.entries(ACCEPTS).map(([type, field]) => [field, statedValue(taken.some((each) => each === type))]),
  );
}

function readUsersOf(given: Props, reading: Reading): Readonly<Record<string, OwnedValue>> {
  const enablements = readEnablements(given['enabledFor'], reading).map(enablementRow);
  const users = readOffSwitch(given['createsUsers'], 'createsUsers', 'a handler that creates users', reading);
  return {
    isUserCreationAllowed: ownedValue(users),
    ...readContacts(given['createsContacts'], reading),
    enablements: statedValue(enablements),
  };
}

const enablementRow = ({ platform, app, runAs, isDefault }: Enablement): FieldRecord => ({
  apexExecutionUser: runAs,
  [APP_MEMBER[platform]]: app,
  isDefault,
});

function readContacts(value: unknown, reading: Reading): Readonly<Record<string, OwnedValue>> {
  const { apiVersion } = reading.context;
  if (apiVersion >= CONTACTS_SINCE) {
    const contacts = readOffSwitch(value, 'createsContacts', 'a handler that creates contacts', reading);
    return { isContactCreationAllowed: ownedValue(contacts) };
  }
  if (value !== undefined) {
    const facts = { what: 'the option', since: CONTACTS_SINCE, apiVersion, option: 'the option' };
    reading.found('needs-newer-api-version', { field: 'createsContacts' }, facts);
  }
  return {};
}

/** A request that names no handler goes to one, and no one could tell to which. */
function twoDefaults(handlers: readonly RecordDeclaration[]): readonly Diagnostic[] {
  const first = new Map<string, string>();
  return handlers.flatMap(({ path, fields }) =>
    appsInRows(fields['enablements']?.value)
      .filter(({ row }) => row['isDefault'] === true)
      .flatMap(({ apiName: app, platform }): readonly Diagnostic[] => {
        const key = `${platform} ${app.toLowerCase()}`;
        const other = first.get(key);
        if (other === undefined) {
          first.set(key, path);
          return [];
        }
        return [diagnose('two-default-handlers', { path, field: 'enabledFor', value: app }, { other, app })];
      }),
  );
}

/** An enablement for an app that exchanges no tokens is a promise that nothing keeps. */
const appsExchange = ({ path, fields }: RecordDeclaration, apps: readonly ClientApp[]): readonly Diagnostic[] =>
  appsInRows(fields['enablements']?.value).flatMap(({ apiName: app, platform }): readonly Diagnostic[] => {
    const declared = apps.find((one) => one.platform === platform && one.apiName.toLowerCase() === app.toLowerCase());
    if (!declared || declared.tokenExchange.value.enabled) return [];
    const at = { path, field: 'enabledFor', value: app, source: 'RFC 8693' };
    return [diagnose('handler-without-token-exchange', at, { app, declaredAs: declared.path })];
  });
