import { recordsOf, splitCommas, textOf } from '../../fields';
import { withDefaults } from '../../schema/defaults';
import { GLOBAL, OAUTH } from '../../schema/types';
import type { PartIndex } from '../../state';
import type { Check, CheckContext } from '../change';
import { error, type Problem } from '../messages';
import {
  checkApexClass,
  checkApp,
  checkFirstName,
  checkList,
  checkOnlyOne,
  checkPermissionSets,
  checkProfiles,
  usableUser,
} from './common';

const IP_RELAXATION = ['Enforce', 'Bypass', 'Bypass_2factor', 'Enforce_RelaxRefresh'];
const UNITS = ['Hours', 'Days', 'Months'];

/** ExtlClntAppOauthConfigurablePolicies. */
export const checkOauthPolicies: Check = (context) => {
  const { fields } = context;
  return [
    ...checkApp(context),
    ...checkOnlyOne(context, 'ExtlClntAppOauthSettingsId'),
    ...checkFirstName(
      context,
      'ExtlClntAppOauthSettingsId',
      `${context.parts(OAUTH, appOf(context))[0]?.fullName ?? ''}_defaultPolicy`,
    ),
    ...checkSettings(context),
    ...checkPermissionSets(
      context,
      splitCommas(textOf(fields, 'commaSeparatedPermissionSet')),
      'commaSeparatedPermissionSet',
    ),
    ...checkProfiles(context, splitCommas(textOf(fields, 'commaSeparatedProfile')), 'commaSeparatedProfile'),
    ...checkLiterals(context),
    ...checkRefreshPolicy(context),
    ...checkRunAs(context),
    ...checkPlugin(context),
    ...checkList(
      recordsOf(fields, 'customAttributes').map((item) => textOf(item, 'key') ?? ''),
      'customAttributes',
    ),
  ];
};

const appOf = ({ fields }: CheckContext): string => textOf(fields, 'externalClientApplication') ?? '';

function checkSettings(context: CheckContext): readonly Problem[] {
  if (context.env.seeding || context.parts(OAUTH, appOf(context)).length > 0) return [];
  return [error(`INVALID_CROSS_REFERENCE_KEY: The external client app ${appOf(context)} has no OAuth settings`)];
}

function checkLiterals({ fields }: CheckContext): readonly Problem[] {
  return [
    ...literal(textOf(fields, 'ipRelaxationPolicyType'), IP_RELAXATION, 'ipRelaxationPolicyType'),
    ...literal(textOf(fields, 'refreshTokenValidityUnit'), UNITS, 'refreshTokenValidityUnit'),
  ];
}

const literal = (value: string | undefined, allowed: readonly string[], field: string): readonly Problem[] =>
  value === undefined || allowed.includes(value)
    ? []
    : [error(`INVALID_FIELD: ${field}: bad value ${value}; valid values: ${allowed.join(', ')}`, field)];

function checkRefreshPolicy({ fields }: CheckContext): readonly Problem[] {
  const type = textOf(fields, 'refreshTokenPolicyType') ?? '';
  const period = fields['refreshTokenValidityPeriod'];
  if (!type.startsWith('Specific')) return [];
  if (typeof period === 'number' && period > 0 && textOf(fields, 'refreshTokenValidityUnit') !== undefined) return [];
  return [
    error(
      `REQUIRED_FIELD_MISSING: ${type} needs refreshTokenValidityPeriod above 0 and refreshTokenValidityUnit`,
      'refreshTokenPolicyType',
    ),
  ];
}

/** The client credentials flow needs a user who can run it; a handler's user must exist too. */
function checkRunAs(context: CheckContext): readonly Problem[] {
  const { org, fields, env } = context;
  const problems: Problem[] = [];
  const runAs = textOf(fields, 'clientCredentialsFlowUser');
  const needed = fields['isClientCredentialsFlowEnabled'] === true || runAs !== undefined;
  if (needed && !usableUser(org, runAs) && !env.seeding) {
    problems.push(
      error('Enter a valid execution user for the OAuth client credentials flow.', 'clientCredentialsFlowUser'),
    );
  }
  const handler = textOf(fields, 'executeHandlerAs');
  if (handler !== undefined && !usableUser(org, handler)) {
    problems.push(error(`INVALID_CROSS_REFERENCE_KEY: no active user named ${handler} found`, 'executeHandlerAs'));
  }
  problems.push(...checkApexClass(context, textOf(fields, 'apexHandler'), 'apexHandler'));
  return problems;
}

/** Token lifetimes must fit the kind of token the app issues: opaque, or JWT. */
function checkPlugin(context: CheckContext): readonly Problem[] {
  const { fields, candidate } = context;
  const jwt = issuesJwt(context.parts, appOf(context));
  const minutes = candidate.version >= 65 ? [1, 5, 10, 15, 30, 60, 90, 120, 240, 480, 720] : [1, 5, 10, 15, 30];
  const wrong = new Set<string>();
  for (const kind of ['namedUser', 'guest']) {
    const [timeout, type] = [fields[`${kind}JwtTimeout`], fields[`${kind}JwtSessionTimeoutType`]];
    if (!jwt && timeout !== undefined) wrong.add(`${kind}JwtTimeout`);
    if (!jwt && type !== undefined) wrong.add(`${kind}JwtSessionTimeoutType`);
    if (typeof timeout === 'number' && !minutes.includes(timeout)) wrong.add(`${kind}JwtTimeout`);
    if (candidate.version >= 65 && (type === 'Custom') !== (timeout !== undefined)) wrong.add(`${kind}JwtTimeout`);
  }
  if (jwt && fields['sessionTimeoutInMinutes'] !== undefined) wrong.add('sessionTimeoutInMinutes');
  if (!jwt && fields['isGuestCodeCredFlowEnabled'] === true) wrong.add('isGuestCodeCredFlowEnabled');
  return [...wrong].map((field) => error('Invalid plugin settings', field));
}

function issuesJwt(parts: PartIndex, app: string): boolean {
  const settings = parts(GLOBAL, app)[0];
  return settings !== undefined && withDefaults(GLOBAL, settings.fields)['isNamedUserJwtEnabled'] === true;
}
