import { type Fields, isFields, textOf, textsOf } from '../../fields';
import { HEADER } from '../../schema/types';
import { componentOf } from '../../state';
import type { Check, CheckContext } from '../change';
import { error, type Problem } from '../messages';
import {
  checkApexClass,
  checkCallbacks,
  checkCertificate,
  checkConsumerKey,
  checkOwnCertificate,
  checkPermissionSets,
  checkProfiles,
  codeCredentialsAllowed,
  usableUser,
} from './common';

const IP_RELAXATION = ['ENFORCE', 'BYPASS_2FACTOR', 'BYPASS', 'ENFORCE_RELAXREFRESH'];
const REFRESH_POLICY = /^(infinite|zero|specific_(lifetime|inactivity):[1-9]\d*:(HOURS|DAYS|MONTHS))$/;

/** ConnectedApp. */
export const checkConnectedApp: Check = (context) => {
  const { fields, previous, env } = context;
  const config = fields['oauthConfig'];
  const problems: Problem[] = [...checkOauthPolicy(fields), ...checkAssignments(context)];
  problems.push(...checkApexClass(context, textOf(fields, 'plugin'), 'plugin'));
  if (previous === undefined && !env.switches.connectedAppCreation && !env.seeding) {
    problems.push(
      error(
        "INSUFFICIENT_ACCESS_OR_READONLY: You can't create a connected app. Create an external client app instead, or ask " +
          'Salesforce Support to enable the creation of connected apps.',
      ),
    );
  }
  problems.push(...checkTwin(context));
  return isFields(config) ? [...problems, ...checkConfig(context, config)] : problems;
};

/** A migration in Setup leaves the Connected App beside the external client app of its name, to be read only. */
function checkTwin({ org, candidate, previous, env }: CheckContext): readonly Problem[] {
  if (componentOf(org, HEADER, candidate.fullName) === undefined || env.seeding) return [];
  if (previous === undefined) {
    const text = `DUPLICATE_DEVELOPER_NAME: This name is already used by an external client app: ${candidate.fullName}`;
    return env.switches.twinNamesDeployable ? [] : [error(text)];
  }
  return env.switches.twinConnectedAppsWritable
    ? []
    : [
        error(
          "INSUFFICIENT_ACCESS_OR_READONLY: A connected app that was migrated to an external client app can't be changed",
        ),
      ];
}

function checkConfig(context: CheckContext, config: Fields): readonly Problem[] {
  const { org, candidate, env } = context;
  const given = candidate.given['oauthConfig'];
  const token = config['assetTokenConfig'];
  const problems: Problem[] = [
    // Public retrieves hold `oob` and `https://`: what an org was given years ago, it would not take today.
    ...(env.seeding ? [] : checkCallbacks(textOf(config, 'callbackUrl'), 'oauthConfig')),
    ...checkCertificate(textOf(config, 'certificate'), 'oauthConfig'),
    ...checkConsumerKey(context, isFields(given) ? textOf(given, 'consumerKey') : undefined),
    ...checkOwnCertificate(context, isFields(token) ? textOf(token, 'assetSigningCertId') : undefined, 'oauthConfig'),
  ];
  const runAs = textOf(config, 'oauthClientCredentialUser');
  if (
    (config['isClientCredentialEnabled'] === true || runAs !== undefined) &&
    !usableUser(org, runAs) &&
    !env.seeding
  ) {
    problems.push(error('Enter a valid execution user for the OAuth client credentials flow.', 'oauthConfig'));
  }
  if (config['isCodeCredentialEnabled'] === true && !codeCredentialsAllowed(context) && !env.seeding) {
    problems.push(
      error(
        "FUNCTIONALITY_NOT_ENABLED: The Authorization Code and Credentials Flow isn't enabled in this organization",
      ),
    );
  }
  return problems;
}

function checkOauthPolicy(fields: Fields): readonly Problem[] {
  const policy = fields['oauthPolicy'];
  if (!isFields(policy)) return [];
  const [ip, refresh] = [textOf(policy, 'ipRelaxation') ?? '', textOf(policy, 'refreshTokenPolicy') ?? ''];
  const problems: Problem[] = [];
  if (!IP_RELAXATION.includes(ip)) problems.push(error(`INVALID_FIELD: ipRelaxation: bad value ${ip}`, 'oauthPolicy'));
  if (!REFRESH_POLICY.test(refresh)) {
    problems.push(error(`INVALID_FIELD: refreshTokenPolicy: bad value ${refresh}`, 'oauthPolicy'));
  }
  return problems;
}

function checkAssignments(context: CheckContext): readonly Problem[] {
  const { fields, candidate } = context;
  const config = fields['oauthConfig'];
  const [sets, profiles] = [textsOf(fields, 'permissionSetName'), textsOf(fields, 'profileName')];
  const problems: Problem[] = [
    ...checkPermissionSets(context, sets, 'permissionSetName', context.env.switches.permissionSetLabelsOnRetrieve),
    ...checkProfiles(context, profiles, 'profileName'),
  ];
  const approved = isFields(config) && config['isAdminApproved'] === true;
  const stated = candidate.given['permissionSetName'] !== undefined || candidate.given['profileName'] !== undefined;
  if (stated && sets.length + profiles.length > 0 && !approved) {
    problems.push(
      error('INVALID_FIELD: permissionSetName and profileName need isAdminApproved=true', 'permissionSetName'),
    );
  }
  return problems;
}
