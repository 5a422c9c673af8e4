import type { IpRange } from '../declaration/client-app';
import { readIpRanges } from '../declaration/read/ip-ranges';
import { NO_USER, option, optional, WITH_USERS } from './option';
import { ifStated, type FieldValue } from './owned';
import { present } from './records';
import { SETTINGS } from './settings';

/** The addresses that logins come from. */
export const trustedIpRanges = option({
  name: 'trustedIpRanges',
  kinds: WITH_USERS,
  why: { machine: NO_USER },
  read: (given, reading) => optional('trustedIpRanges', readIpRanges(given, 'trustedIpRanges', reading)),
  fields: [
    {
      ...SETTINGS.trustedIpRanges,
      value: (app) => ifStated(rangeRows(app.trustedIpRanges)),
    },
  ],
});

export const rangeRows = (ranges: readonly IpRange[] | undefined): FieldValue | undefined =>
  ranges?.map(({ start, end, description }) => present({ startIpAddress: start, endIpAddress: end, description }));
