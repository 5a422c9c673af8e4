import type { NotEvaluated } from '../../org/usage/facts';
import { type Found, type Incident, STEPS } from '../../usage/incident';
import { plural } from '../../values/plural';
import { visible } from '../../values/visible';
import { dayOf } from '../usage/words';
import { byHand, minutesText, STEP_WORDS } from './words';

const lines = (all: readonly string[]): string => all.map((each) => `${visible(each)}\n`).join('');

const PLATFORMS = { 'external-client-app': 'an External Client App', 'connected-app': 'a Connected App' } as const;

function headOf(found: Found, org: string): readonly string[] {
  const { label, platform, tokens, users, logins } = found;
  const what = platform
    ? PLATFORMS[platform]
    : found.standing === 'unknown'
      ? 'an uninstalled app'
      : 'an app of which no record was read';
  return [
    `${label}, ${what}, in ${org}:`,
    tokens === undefined
      ? '  tokens not evaluated'
      : `  ${plural(tokens, 'token')} of ${plural(users?.length ?? 0, 'user')}`,
    logins === undefined ? '  logins not evaluated' : `  ${plural(logins, 'login')}`,
    `  reaches ${found.reach}`,
  ];
}

const gapLines = (gaps: readonly NotEvaluated[]): readonly string[] =>
  gaps.map(({ what, why, permission }) =>
    permission === undefined
      ? `  Not evaluated: ${what}. ${why}`
      : `  Not evaluated: ${what}. Needs the permission ${permission}: ${why}`,
  );

interface About {
  readonly org: string;
  readonly orgId: string;
  readonly since: string;
  readonly calls: number;
  readonly rotate: boolean;
}

/** What would be frozen, stopped and revoked, and what a person would have to do. */
export function incidentPlanText(found: Found, gaps: readonly NotEvaluated[], about: About): string {
  const stop = {
    'external-client-app': 'switch it off (isEnabled=false); client-apps start undoes that',
    'connected-app': 'lock it out with a permission set that no user has; client-apps start undoes that',
  } as const;
  const how = found.platform
    ? stop[found.platform]
    : found.standing === 'unknown'
      ? 'by hand: it has no record in this org that a deploy could change'
      : 'not known: whether it has a record in this org was not read';
  return lines([
    ...headOf(found, `${about.org} (${about.orgId})`),
    ...gapLines(gaps),
    'Would do, in this order:',
    `  1. Freeze: its configuration, ${found.tokens === undefined ? 'its tokens' : `facts of ${plural(found.tokens, 'token')}`}, its logins since ${dayOf(about.since)}, sessions of its users, changes in Setup, free event logs.`,
    `  2. Stop: ${how}.`,
    `  3. Revoke: ${found.tokens === undefined ? 'all tokens, once they can be seen' : plural(found.tokens, 'token')}.`,
    `  4. Rotate: ${rotation(found, about)}.`,
    '  5. Verify: whether a token is left, and whether the app is stopped.',
    '  By hand: replace its certificate, if it has one.',
    `Plan: nothing was changed, and no file was written. ${plural(about.calls, 'API call')}.`,
  ]);
}

function rotation({ platform, standing }: Found, { rotate }: About): string {
  if (!rotate) return 'left out with --no-rotate';
  switch (platform) {
    case 'external-client-app':
      return 'a new consumer secret, which client-apps start does not undo; by hand if its certificate could be lost';
    case 'connected-app':
      return 'by hand: no API rotates the secret of a Connected App';
    default:
      return standing === 'unknown'
        ? 'by hand: it has no record in this org'
        : 'not known: whether it has a record in this org was not read';
  }
}

/** What was done so far, and what is left. */
export function incidentText(incident: Incident, folder: string, when: 'frozen' | 'ended'): string {
  const { found, steps, seal, org, org_id: id, not_evaluated: gaps, evidence_only: evidenceOnly } = incident;
  if (when === 'frozen') {
    return lines([
      ...(found ? headOf(found, `${org} (${id})`) : []),
      ...gapLines(gaps),
      `Evidence: ${folder}/evidence`,
      `  sha256 of manifest.sha256: ${seal ?? ''}`,
      '  Keep this checksum elsewhere: it shows whether the evidence was changed.',
      ...(evidenceOnly ? [`Nothing else was done. Report: ${folder}/report.md`] : []),
    ]);
  }
  return lines([
    ...STEPS.filter((name) => name !== 'evidence').map(
      (name) => `${STEP_WORDS[name]}: ${[steps[name].state, ...steps[name].notes].join('; ')}.`,
    ),
    `From the alarm until no token was listed: ${minutesText(incident)}. ${plural(incident.api_calls, 'API call')}.`,
    'Left to do by hand:',
    ...byHand(incident).map((each) => `  - ${each}`),
    `Report: ${folder}/report.md`,
  ]);
}
