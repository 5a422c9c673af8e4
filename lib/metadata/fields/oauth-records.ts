import { apexClass, type ComponentType, flag, records, text } from './field';
import { CUSTOM_SCOPE, TOKEN_EXCHANGE_HANDLER } from '../../values/metadata-types';

/** A scope of the org's own. Apps name it; it exists by itself, and outlives them. */
export const oauthCustomScope: ComponentType = {
  name: CUSTOM_SCOPE,
  directory: 'oauthcustomscopes',
  suffix: 'oauthcustomscope',
  since: 49,
  title: 'Custom OAuth scope',
  fields: [
    records('assignedTo', 'Connected Apps it is assigned to', [text('connectedApp', 'Connected App', { since: 49 })], {
      since: 49,
      direction: 'growing-widens',
      impact: { onChange: { level: 'breaks', who: 'clients of an app that the scope is no longer assigned to' } },
    }),
    text('description', 'Description', { since: 49 }),
    text('developerName', 'Name', { since: 49 }),
    flag('isProtected', 'Protected component', { since: 49 }),
    flag('isPublic', 'Include in OpenID Connect discovery endpoint', { since: 49 }),
    text('masterLabel', 'Label', { since: 49 }),
  ],
};

const accepts = (name: string, title: string, since = 60): ReturnType<typeof flag> =>
  flag(name, title, {
    since,
    direction: 'true-widens',
    impact: { whenFalse: { level: 'breaks', who: 'clients that exchange tokens this way' } },
  });

/** Tells which tokens of another issuer are exchanged, by which Apex class, and for which apps. */
export const oauthTokenExchangeHandler: ComponentType = {
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
        impact: { onChange: { level: 'breaks', who: 'clients of an app that the handler no longer serves as before' } },
      },
    ),
    accepts('isAccessTokenSupported', 'Exchange access tokens'),
    accepts('isContactCreationAllowed', 'May create contacts', 65),
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
};
