import { isFields, textOf } from '../../fields';
import { OAUTH } from '../../schema/types';
import type { Check, CheckContext } from '../change';
import { FORCED_FLAGS } from '../complete';
import { error, type Problem, warning } from '../messages';
import {
  checkApp,
  checkCallbacks,
  checkCertificate,
  checkConsumerKey,
  checkOnlyOne,
  codeCredentialsAllowed,
} from './common';

/** ExtlClntAppGlobalOauthSettings. */
export const checkGlobalOauth: Check = (context) => {
  const { candidate, fields, env } = context;
  const app = textOf(fields, 'externalClientApplication') ?? '';
  const problems: Problem[] = [
    ...checkApp(context),
    ...checkOnlyOne(context, 'ExternalClientApplicationId'),
    ...checkCallbacks(textOf(fields, 'callbackUrl'), 'callbackUrl'),
    ...checkCertificate(textOf(fields, 'certificate'), 'certificate'),
    ...checkKey(context),
    ...checkIdToken(context),
  ];
  if (context.parts(OAUTH, app).length === 0 && !env.seeding) {
    problems.push(
      error(
        "The external client app configured in your global OAuth Settings doesn't have a valid OAuth settings configuration.",
      ),
    );
  }
  if (fields['isCodeCredFlowEnabled'] === true && !codeCredentialsAllowed(context) && !env.seeding) {
    problems.push(
      error(
        "FUNCTIONALITY_NOT_ENABLED: The Authorization Code and Credentials Flow isn't enabled in this organization",
        'isCodeCredFlowEnabled',
      ),
    );
  }
  for (const field of ['shouldRotateConsumerKey', 'shouldRotateConsumerSecret']) {
    if (candidate.given[field] === true) {
      problems.push(warning(`${field} is true: clients that use the current value stop working at once`, field));
    }
  }
  if (env.switches.secureFlagsForced && env.switches.forcedFlagsWarn) {
    for (const field of FORCED_FLAGS.filter((name) => candidate.given[name] === false)) {
      problems.push(warning(`${field} is required by Salesforce and stays true`, field));
    }
  }
  return problems;
};

function checkKey(context: CheckContext): readonly Problem[] {
  const { candidate, previous, env } = context;
  const key = textOf(candidate.given, 'consumerKey');
  if (
    key !== undefined &&
    previous?.consumer === undefined &&
    !env.switches.suppliedConsumerKeyAccepted &&
    !env.seeding
  ) {
    return [error("INVALID_FIELD: The consumer key can't be specified", 'consumerKey')];
  }
  return checkConsumerKey(context, key);
}

function checkIdToken({ fields }: CheckContext): readonly Problem[] {
  const config = fields['idTokenConfig'];
  const minutes = isFields(config) ? config['idTokenValidityInMinutes'] : undefined;
  return typeof minutes !== 'number' || (minutes >= 1 && minutes <= 720)
    ? []
    : [error(`NUMBER_OUTSIDE_VALID_RANGE: idTokenValidityInMinutes must be 1 to 720, not ${minutes}`, 'idTokenConfig')];
}
