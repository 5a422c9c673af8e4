import { recordsOf, textOf, textsOf } from '../../fields';
import { HEADER, OAUTH, POLICY } from '../../schema/types';
import { componentOf } from '../../state';
import type { Check, CheckContext } from '../change';
import { error, type Problem } from '../messages';
import { checkApexClass, checkApp, checkCertificate, checkFirstName, checkOnlyOne } from './common';
import { checkRanges } from './oauth-settings';

const appOf = ({ fields }: CheckContext): string => textOf(fields, 'externalClientApplication') ?? '';

/** What every part of an external client app is checked for. */
export const checkPart: Check = (context) => [
  ...checkApp(context),
  ...checkOnlyOne(context, 'ExternalClientApplicationId'),
];

/** ExtlClntAppConfigurablePolicies. */
export const checkPolicies: Check = (context) => {
  const problems: Problem[] = [
    ...checkPart(context),
    ...checkFirstName(context, 'ExternalClientApplicationId', `${appOf(context)}_defaultPolicy`),
  ];
  if (context.fields['startPage'] === 'Custom' && textOf(context.fields, 'startUrl') === undefined) {
    problems.push(error('REQUIRED_FIELD_MISSING: startPage Custom needs startUrl', 'startPage'));
  }
  return problems;
};

/** ExtlClntAppOauthSecuritySettings: published guidance calls it retrieve-only. */
export const checkSecurity: Check = (context) => {
  const problems: Problem[] = [...checkPart(context), ...checkRanges(context, 'tokenIpRanges')];
  if (!context.env.switches.securitySettingsDeployable && !context.env.seeding) {
    problems.push(error("INSUFFICIENT_ACCESS_OR_READONLY: ExtlClntAppOauthSecuritySettings can't be deployed"));
  }
  return problems;
};

/** ExtlClntAppSamlConfigurablePolicies. */
export const checkSaml: Check = (context) => {
  const { org, fields } = context;
  const app = appOf(context);
  const policy = context.parts(POLICY, app)[0];
  const problems: Problem[] = [
    ...checkPart(context),
    ...checkCertificate(textOf(fields, 'certificate'), 'certificate'),
    ...checkCertificate(textOf(fields, 'encryptionCertificate'), 'encryptionCertificate'),
  ];
  if ((componentOf(org, HEADER, app)?.fields['distributionState'] ?? 'Local') !== 'Local') {
    problems.push(error(`Invalid plugin settings: SAML needs ${app} to be local`));
  }
  if (policy === undefined || policy.fields['isSamlPluginEnabled'] !== true) {
    problems.push(error(`Invalid plugin settings: SAML needs isSamlPluginEnabled in the policies of ${app}`));
  }
  return problems;
};

/** ExtlClntAppNotificationSettings. */
export const checkNotification: Check = (context) => {
  const problems: Problem[] = [...checkPart(context)];
  if (recordsOf(context.fields, 'notificationTypes').length === 0) {
    problems.push(error('Required field is missing: notificationTypes'));
  }
  if (context.parts(OAUTH, appOf(context)).length === 0) {
    problems.push(error('Invalid plugin settings: notifications need the OAuth plugin'));
  }
  return problems;
};

/** ExtlClntAppPushSettings: exactly the one configuration that its service type asks for. */
export const checkPush: Check = (context) => {
  const { fields } = context;
  const [android, apple] = [fields['androidPushConfig'] !== undefined, fields['applePushConfig'] !== undefined];
  const wanted = fields['pushServiceType'] === 'Android';
  return [
    ...checkPart(context),
    ...(android === wanted && apple === !wanted
      ? []
      : [
          error(
            'Invalid plugin settings: exactly one push configuration, of the service type, is needed',
            'pushServiceType',
          ),
        ]),
  ];
};

/** ExtlClntAppCanvasSettings. */
export const checkCanvas: Check = (context) => [
  ...checkPart(context),
  ...(textsOf(context.fields, 'canvasLocationOptions').includes('AppLauncher')
    ? [error('Organization is not configured to support location: AppLauncher', 'canvasLocationOptions')]
    : []),
];

/** OauthCustomScope and OauthTokenExchangeHandler repeat their name inside. */
export const checkDeveloperName: Check = (context) => {
  const { fields, candidate, org } = context;
  const problems: Problem[] = [...checkApexClass(context, textOf(fields, 'tokenHandlerApex'), 'tokenHandlerApex')];
  if (textOf(fields, 'developerName') !== candidate.fullName) {
    problems.push(error(`INVALID_FIELD: developerName must be ${candidate.fullName}`, 'developerName'));
  }
  for (const item of recordsOf(fields, 'enablements')) {
    const app = textOf(item, 'externalClientApp');
    if (app !== undefined && componentOf(org, HEADER, app) === undefined) {
      problems.push(
        error(
          `INVALID_CROSS_REFERENCE_KEY: In field: externalClientApp - no ${HEADER} named ${app} found`,
          'enablements',
        ),
      );
    }
  }
  return problems;
};
