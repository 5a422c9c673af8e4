import type { IpRange } from '../declaration/client-app';
import { readIpRanges } from '../declaration/read/ip-ranges';
import { type Expression, list, literal, members, perOrg } from './expression';
import { NO_USER, option, optional, WITH_USERS } from './option';
import { type FieldValue, ifStated } from './owned';
import { rowsOf, scalar } from './recall';
import { present } from './records';
import { SETTINGS } from './settings';
import { setOf } from './shape';
import { ipRange } from './shapes';

/** The addresses that logins come from. */
export const trustedIpRanges = option({
  name: 'trustedIpRanges',
  kinds: WITH_USERS,
  shape: setOf(ipRange),
  why: { machine: NO_USER },
  read: (given, reading) => optional('trustedIpRanges', readIpRanges(given, 'trustedIpRanges', reading)),
  fields: [
    {
      ...SETTINGS.trustedIpRanges,
      value: (app) => ifStated(rangeRows(app.trustedIpRanges)),
    },
  ],
  recall: (live) => {
    const ranges = rangesOf(live.own(SETTINGS.trustedIpRanges));
    return ranges.length === 0 ? undefined : perOrg(list(ranges), list([]));
  },
});

export const rangeRows = (ranges: readonly IpRange[] | undefined): FieldValue | undefined =>
  ranges?.map(({ start, end, description }) => present({ startIpAddress: start, endIpAddress: end, description }));

/** The same backwards. */
export const rangesOf = (value: FieldValue | undefined): readonly Expression[] =>
  rowsOf(value).map(({ startIpAddress: start = '', endIpAddress: end = '', description }) =>
    members({ start: literal(start), end: literal(end), description: scalar(description) }),
  );
