import { textOf } from '../../fields';
import { CONNECTED_APP } from '../../schema/types';
import { componentOf } from '../../state';
import type { Check, CheckContext } from '../change';
import { error, type Problem } from '../messages';

/** ExternalClientApplication. */
export const checkHeader: Check = (context) => {
  const { org, candidate, previous, env } = context;
  const problems: Problem[] = [...checkName(context), ...checkDistribution(context), ...checkScope(context)];
  if (env.switches.headerFieldsRequired && !env.seeding) {
    for (const field of ['label', 'contactEmail', 'distributionState']) {
      if (candidate.given[field] === undefined)
        problems.push(error(`REQUIRED_FIELD_MISSING: Required field is missing: ${field}`));
    }
  }
  const shared = componentOf(org, CONNECTED_APP, candidate.fullName) !== undefined;
  if (shared && previous === undefined && !env.switches.twinNamesDeployable && !env.seeding) {
    problems.push(
      error(`DUPLICATE_DEVELOPER_NAME: This name is already used by a connected app: ${candidate.fullName}`),
    );
  }
  const settings = componentOf(org, 'ExternalClientAppSettings', 'ExternalClientApp');
  if (settings?.fields['enableExternalClientApps'] === false && !env.seeding) {
    problems.push(error('FUNCTIONALITY_NOT_ENABLED: External client apps are not enabled in this organization'));
  }
  return problems;
};

function checkName({ candidate, previous, env }: CheckContext): readonly Problem[] {
  const { fullName } = candidate;
  if (!/^[A-Za-z][A-Za-z0-9]*(_[A-Za-z0-9]+)*$/.test(fullName)) {
    return [
      error(
        `FIELD_INTEGRITY_EXCEPTION: ${fullName}: a name has only letters, digits and underscores, begins with a letter, does not end ` +
          'with an underscore and has no two underscores in a row',
      ),
    ];
  }
  return env.switches.namesOver30Refused && !env.seeding && previous === undefined && fullName.length > 30
    ? [error(`STRING_TOO_LONG: Name: data value too large: ${fullName} (max length=30)`)]
    : [];
}

/** `Managed` and `AutoInstalled` are the platform's to set. */
function checkDistribution({ candidate, previous, env }: CheckContext): readonly Problem[] {
  const state = candidate.given['distributionState'];
  if (env.seeding || state === undefined || state === previous?.fields['distributionState']) return [];
  return state === 'Managed' || state === 'AutoInstalled'
    ? [error(`FIELD_INTEGRITY_EXCEPTION: The distribution state ${state} is set by Salesforce`, 'distributionState')]
    : [];
}

function checkScope({ candidate, org, previous, fields, env }: CheckContext): readonly Problem[] {
  const scoped = textOf(candidate.given, 'orgScopedExternalApp');
  const own = `${org.orgId.slice(0, 15)}:${candidate.fullName}`;
  const local = fields['distributionState'] === 'Local';
  if (scoped === undefined || scoped === own || scoped === previous?.fields['orgScopedExternalApp'] || env.seeding)
    return [];
  if (!/^00D[A-Za-z0-9]{12}:\w+$/.test(scoped)) {
    return [
      error(`INVALID_FIELD: orgScopedExternalApp is not an org id and an app name: ${scoped}`, 'orgScopedExternalApp'),
    ];
  }
  return local && env.switches.foreignLinksRefused
    ? [error(`FIELD_INTEGRITY_EXCEPTION: orgScopedExternalApp names another org: ${scoped}`, 'orgScopedExternalApp')]
    : [];
}
