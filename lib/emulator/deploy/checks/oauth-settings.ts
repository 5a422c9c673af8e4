import { isIP } from 'node:net';

import { recordsOf, splitCommas, textOf } from '../../fields';
import { GLOBAL } from '../../schema/types';
import { ecaScopes } from '../../scopes';
import { componentOf } from '../../state';
import type { Check, CheckContext } from '../change';
import { error, type Problem } from '../messages';
import { checkApp, checkList, checkOnlyOne, checkOwnCertificate } from './common';

/** ExtlClntAppOauthSettings. */
export const checkOauthSettings: Check = (context) => {
  const { fields } = context;
  return [
    ...checkApp(context),
    ...checkOnlyOne(context, 'ExternalClientApplicationId'),
    ...checkScopes(context),
    ...checkCustomScopes(context),
    ...checkLink(context),
    ...checkOwnCertificate(context, textOf(fields, 'assetTokenSigningCertificate'), 'assetTokenSigningCertificate'),
    ...checkList(
      recordsOf(fields, 'customAttributes').map((item) => textOf(item, 'key') ?? ''),
      'customAttributes',
    ),
    ...checkRanges(context, 'trustedIpRanges'),
  ];
};

function checkScopes({ fields, candidate }: CheckContext): readonly Problem[] {
  const allowed = ecaScopes(Math.max(candidate.version, 60));
  const wrong = splitCommas(textOf(fields, 'commaSeparatedOauthScopes')).filter((scope) => !allowed.includes(scope));
  if (wrong.length === 0) return [];
  const text = `There's a problem with your scope(s): ${wrong.join(', ')}. Valid scopes: ${allowed.join(', ')}`;
  return [error(text, 'commaSeparatedOauthScopes')];
}

function checkCustomScopes({ org, fields }: CheckContext): readonly Problem[] {
  const missing = splitCommas(textOf(fields, 'commaSeparatedCustomScopes')).filter(
    (name) => componentOf(org, 'OauthCustomScope', name) === undefined,
  );
  if (missing.length === 0) return [];
  return [
    error(`INVALID_FIELD: We couldn't find custom scopes called ${missing.join(', ')}`, 'commaSeparatedCustomScopes'),
  ];
}

/** A link to another org's consumer is for packaged apps only. */
function checkLink({ org, parts, candidate, previous, env }: CheckContext): readonly Problem[] {
  const link = textOf(candidate.given, 'oauthLink');
  const app = textOf(candidate.given, 'externalClientApplication') ?? '';
  if (link === undefined || env.seeding || link === previous?.fields['oauthLink']) return [];
  const consumer = parts(GLOBAL, app)[0]?.consumer;
  if (consumer !== undefined && link === `${org.orgId.slice(0, 15)}:${consumer.id.slice(0, 15)}`) return [];
  const packaged =
    (componentOf(org, 'ExternalClientApplication', app)?.fields['distributionState'] ?? 'Local') !== 'Local';
  if (packaged || !env.switches.foreignLinksRefused) return [];
  const text = `We couldn't update your OAuth link because the external client app ${app} doesn't have distribution state PACKAGED`;
  return [error(text, 'oauthLink')];
}

/** IP ranges: real addresses of one family, the first not above the last, at most 128. */
export function checkRanges({ fields }: CheckContext, field: string): readonly Problem[] {
  const ranges = recordsOf(fields, field);
  const keys = ranges.map((range) => `${textOf(range, 'startIpAddress') ?? ''}-${textOf(range, 'endIpAddress') ?? ''}`);
  const wrong = ranges.filter((range) => {
    const [start, end] = [textOf(range, 'startIpAddress') ?? '', textOf(range, 'endIpAddress') ?? ''];
    return isIP(start) === 0 || isIP(start) !== isIP(end) || (isIP(start) === 4 && number(start) > number(end));
  });
  return [
    ...checkList(keys, field),
    ...wrong.map((range) =>
      error(
        `FIELD_INTEGRITY_EXCEPTION: Not a valid IP range: ${textOf(range, 'startIpAddress') ?? ''} to ${textOf(range, 'endIpAddress') ?? ''}`,
        field,
      ),
    ),
  ];
}

const number = (address: string): number => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
