import { plural } from '../values/plural';
import type { UsageReport } from './report';

/** What stands at the head of a report: how much was seen, and what was not. */
export function overview(report: UsageReport): readonly string[] {
  const { apps, tokens, users, left_out: left, not_evaluated: gaps } = report;
  const seen =
    tokens === undefined
      ? `${plural(apps.length, 'app')}; tokens were not evaluated`
      : `${plural(apps.length, 'app')}, ${plural(tokens.read, 'token')} of ${plural(users ?? 0, 'user')}`;
  return [
    seen + (left > 0 ? `; ${plural(left, 'app')} left out by the options` : ''),
    ...(tokens?.cut === true
      ? [
          `The list of tokens is incomplete: ${plural(tokens.read, 'token')} of ${tokens.in_all.toLocaleString('en-US')} were ` +
            'read, and an app might be missing.',
        ]
      : []),
    ...gaps.map(
      ({ what, why, permission }) =>
        `Not evaluated: ${what}. ` + (permission === undefined ? why : `Needs the permission ${permission}: ${why}`),
    ),
  ];
}
