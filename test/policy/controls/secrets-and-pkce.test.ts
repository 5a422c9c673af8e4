import {
  brokenConnectedApp,
  connectedApp,
  installed,
  machine,
  oauthConfig,
  org,
  privateApp,
  publicApp,
} from '../support';
import { describeControl } from './describe-control';

const WITH_REFRESH = ['Api', 'RefreshToken'];
const vendor = { "the app is a vendor's, who decides this": installed() };
const unreadableConsumer = { 'the OAuth consumer cannot be read': privateApp({ unreadable: ['global'] }) };
const unreadableFile = { 'the file cannot be read': { ...brokenConnectedApp, kind: 'private' as const } };
const noOauth = { 'the app has no OAuth': connectedApp('<samlConfig/>', 'private') };

describeControl('SFCA-ECA-PKCE', {
  fails: {
    'a private client works without PKCE': privateApp({ global: { isPkceRequired: false } }),
    'a public client works without PKCE': publicApp({ global: { isPkceRequired: false } }),
    'neither the app nor the org requires it': privateApp({ global: { isPkceRequired: false } }, { org: org() }),
  },
  lowRisk: {
    'the org requires it of every app': privateApp(
      { global: { isPkceRequired: false } },
      { org: org({ isPkceRequired: true }) },
    ),
  },
  passes: {
    'it is required': machine(),
    'nothing is stated, because External Client Apps require it by default': privateApp({
      global: { isPkceRequired: undefined },
    }),
  },
  notApplicable: {
    ...vendor,
    'the app has no OAuth': privateApp({ absent: ['global', 'oauth', 'policies'] }),
  },
  notEvaluated: unreadableConsumer,
});

describeControl('SFCA-CA-PKCE', {
  fails: {
    'it is switched off': connectedApp(oauthConfig({ isPkceRequired: false }), 'public'),
    'nothing is stated, because Connected Apps do not require it by default': connectedApp(
      oauthConfig({ isPkceRequired: undefined }),
      'private',
    ),
  },
  passes: { 'it is required': connectedApp(oauthConfig(), 'private') },
  notApplicable: noOauth,
  notEvaluated: {
    ...unreadableFile,
    'the value is neither true nor false': connectedApp(oauthConfig({ isPkceRequired: 'maybe' }), 'private'),
  },
});

describeControl('SFCA-ECA-ROTATION', {
  fails: {
    'refresh tokens stay the same': publicApp({
      global: { isRefreshTokenRotationEnabled: false },
      oauth: { commaSeparatedOauthScopes: WITH_REFRESH },
    }),
    'nobody can tell whether the app gets refresh tokens': publicApp({
      global: { isRefreshTokenRotationEnabled: false },
      unreadable: ['oauth'],
    }),
  },
  lowRisk: {
    'the app gets no refresh token': publicApp({ global: { isRefreshTokenRotationEnabled: false } }),
    'a machine gets none': machine({ global: { isRefreshTokenRotationEnabled: false } }),
  },
  passes: { 'each refresh replaces the token': privateApp() },
  notApplicable: vendor,
  notEvaluated: unreadableConsumer,
});

describeControl('SFCA-CA-ROTATION', {
  fails: {
    'refresh tokens stay the same': connectedApp(
      oauthConfig({ isRefreshTokenRotationEnabled: false, scopes: 'RefreshToken' }),
      'private',
    ),
    'the older name of the scope is used': connectedApp(
      oauthConfig({ isRefreshTokenRotationEnabled: false, scopes: 'OfflineAccess' }),
      'private',
    ),
  },
  lowRisk: {
    'the app gets no refresh token': connectedApp(oauthConfig({ isRefreshTokenRotationEnabled: false }), 'private'),
  },
  passes: { 'each refresh replaces the token': connectedApp(oauthConfig(), 'public') },
  notApplicable: noOauth,
  notEvaluated: {
    ...unreadableFile,
    'the version that was read does not show it': connectedApp(
      oauthConfig({ isRefreshTokenRotationEnabled: undefined }),
      'private',
      'Legacy',
      59,
    ),
  },
});

const onlyPrivate = { 'the client is public': publicApp() };

describeControl('SFCA-ECA-SECRET-WEB-SERVER', {
  fails: {
    'a server redeems codes without its secret': privateApp({ global: { isConsumerSecretOptional: true } }),
    'a machine does': machine({ global: { isConsumerSecretOptional: true } }),
  },
  passes: { 'the secret is demanded': privateApp() },
  notApplicable: { ...onlyPrivate, ...vendor },
  notEvaluated: unreadableConsumer,
});

describeControl('SFCA-CA-SECRET-WEB-SERVER', {
  fails: {
    'a server redeems codes without its secret': connectedApp(
      oauthConfig({ isConsumerSecretOptional: true }),
      'private',
    ),
  },
  passes: {
    'nothing is stated, because it is demanded by default': connectedApp(
      oauthConfig({ isConsumerSecretOptional: undefined }),
      'machine',
    ),
  },
  notApplicable: { 'the client is public': connectedApp(oauthConfig(), 'public') },
  notEvaluated: unreadableFile,
});

describeControl('SFCA-ECA-SECRET-REFRESH', {
  fails: {
    'a server refreshes without its secret': privateApp({
      global: { isSecretRequiredForRefreshToken: false },
      oauth: { commaSeparatedOauthScopes: ['Api', 'RefreshToken'] },
    }),
  },
  lowRisk: {
    'the app is given no refresh token': privateApp({ global: { isSecretRequiredForRefreshToken: false } }),
  },
  passes: { 'the secret is demanded': machine() },
  notApplicable: { ...onlyPrivate, ...vendor },
  notEvaluated: unreadableConsumer,
});

describeControl('SFCA-CA-SECRET-REFRESH', {
  fails: {
    'a server refreshes without its secret': connectedApp(
      oauthConfig({ isSecretRequiredForRefreshToken: false, scopes: 'RefreshToken' }),
      'private',
    ),
  },
  lowRisk: {
    'the app is given no refresh token': connectedApp(
      oauthConfig({ isSecretRequiredForRefreshToken: false }),
      'private',
    ),
  },
  passes: {
    'nothing is stated, because it is demanded by default': connectedApp(
      oauthConfig({ isSecretRequiredForRefreshToken: undefined }),
      'private',
    ),
  },
  notApplicable: { 'the client is public': connectedApp(oauthConfig(), 'public') },
  notEvaluated: unreadableFile,
});

describeControl('SFCA-APP-PUBLIC-SECRET', {
  fails: {
    'the web server flow demands one': publicApp({ global: { isConsumerSecretOptional: false } }),
    'the refresh token flow demands one': publicApp({ global: { isSecretRequiredForRefreshToken: true } }),
    'the token exchange flow demands one': publicApp({
      global: { isTokenExchangeEnabled: true, isSecretRequiredForTokenExchange: true },
    }),
    'it may use the client credentials flow': publicApp({
      global: { isClientCredentialsFlowEnabled: true },
      policies: { isClientCredentialsFlowEnabled: true },
    }),
    'a Connected App leaves everything at its default': connectedApp(
      '<oauthConfig><callbackUrl>app://cb</callbackUrl></oauthConfig>',
      'public',
    ),
  },
  passes: {
    'no flow demands one': publicApp(),
    'tokens are exchanged without one': publicApp({ global: { isTokenExchangeEnabled: true } }),
    'the token exchange flow, which is off, would demand one': publicApp({
      global: { isSecretRequiredForTokenExchange: true },
    }),
  },
  notApplicable: { 'the client is a server': privateApp(), 'the client is a machine': machine() },
  notEvaluated: { 'the OAuth consumer cannot be read': publicApp({ unreadable: ['global'] }) },
});
