import type { AppSubject, ExchangeHandler } from '../control';
import { ALL_KINDS, appControl, BOTH_PLATFORMS, fail, lowRisk, notApplicable, notEvaluated, pass } from '../define';
import { unreadReasons } from '../reading';
import { band } from '../severity';

export const control = appControl({
  id: 'SFCA-APP-TOKEN-EXCHANGE-HANDLER',
  title: 'Token exchange handlers create no users and run as no administrator',
  finding: 'A token exchange handler has too many rights',
  appliesTo: BOTH_PLATFORMS,
  kinds: ALL_KINDS,
  recommended:
    'Have the handlers of an app map the tokens of the other issuer to existing users, and run them as a dedicated user with few rights.',
  risk: 'The handler decides who someone is. A handler that creates users lets the other issuer decide who gets an account.',
  threat: 'A token of the other issuer with a made-up user name is exchanged, and the org creates the account for it.',
  cvss: band('high', 'ours'),
  remedy: {
    code: 'remove createsUsers from the TokenExchangeHandler, and name a user with few rights in enabledFor: { app, runAs: Username.of(…) }',
    setup: 'Setup > Token Exchange Handlers > (handler) > Edit: User creation off; Enabled apps: execution user',
  },
  source:
    'Salesforce Help: OAuth 2.0 Token Exchange Flow; Metadata API Developer Guide: OauthTokenExchangeHandler; RFC 8693 section 5',
  considerations: {
    risk: 'It is worst where the other issuer lets people choose their own user name or email address.',
    business:
      'Users who have no account yet are refused until someone creates it; a handler that needs more rights fails when its user has fewer.',
  },
  exemptable: true,
  reads: ['tokenExchange', 'tokenExchangePolicy'],
  optional: ['tokenExchange', 'tokenExchangePolicy'],
  judge: (values, subject) => {
    const { fields } = subject.app;
    if (values.tokenExchange === false || values.tokenExchangePolicy === false) {
      return notApplicable('The token exchange flow is off.');
    }
    const unread = unreadReasons([fields.tokenExchange, fields.tokenExchangePolicy]);
    const handlers = subject.facts.exchangeHandlers;
    if (handlers === undefined) return notEvaluated('The token exchange handlers of the org were not read.');
    const serving = handlers.found.filter((handler) => handler.enabled && rowOf(handler, subject) !== undefined);
    const found = serving.flatMap((handler) => objectionsTo(handler, subject));
    if (unread.length === 0 && found.length > 0) {
      return fail(`${found.join('; ')}.`, { offenders: found });
    }
    const unsure = [
      ...unread,
      ...(handlers.unread === undefined ? [] : [handlers.unread]),
      ...serving.flatMap((each) => unknownOf(each, subject)),
    ];
    if (unsure.length > 0) return notEvaluated([...new Set(unsure)].join('; '));
    return serving.length === 0
      ? lowRisk('The token exchange flow is on, but no enabled handler serves the app, so nothing is exchanged.')
      : pass(
          `${serving.map(({ name }) => name).join(', ')}: no users are created, and no administrator runs the handler.`,
        );
  },
});

const rowOf = ({ serves }: ExchangeHandler, { app }: AppSubject): ExchangeHandler['serves'][number] | undefined =>
  serves.find(({ platform, apiName }) => platform === app.platform && apiName === app.apiName);

function objectionsTo(handler: ExchangeHandler, subject: AppSubject): readonly string[] {
  const user = rowOf(handler, subject)?.runsAs;
  const administrator = user !== undefined && subject.facts.runAsUsers?.get(user.toLowerCase())?.administrator === true;
  return [
    ...(handler.createsUsers ? [`The handler ${handler.name} can create users`] : []),
    ...(administrator ? [`The handler ${handler.name} runs as ${user}, who is an administrator`] : []),
  ];
}

function unknownOf(handler: ExchangeHandler, subject: AppSubject): readonly string[] {
  const user = rowOf(handler, subject)?.runsAs;
  if (user === undefined) return [`the user that the handler ${handler.name} runs as was not read`];
  return subject.facts.runAsUsers?.get(user.toLowerCase())?.administrator === undefined
    ? [`the rights of ${user}, the user that the handler ${handler.name} runs as, were not read`]
    : [];
}
