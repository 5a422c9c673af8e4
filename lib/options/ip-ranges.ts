import type { IpRange } from '../declaration/client-app';
import { readIpRanges } from '../declaration/read/ip-ranges';
import { NO_USER, option, optional, settings, WITH_USERS } from './option';
import { ifStated, type FieldValue } from './owned';
import { backwards, present, renamedEach } from './records';

const CONNECTED_APP_NAMES = { startIpAddress: 'start', endIpAddress: 'end' };

/** The addresses that logins come from. */
export const trustedIpRanges = option({
  name: 'trustedIpRanges',
  kinds: WITH_USERS,
  why: { machine: NO_USER },
  read: (given, reading) => optional('trustedIpRanges', readIpRanges(given, 'trustedIpRanges', reading)),
  fields: [
    {
      eca: settings('trustedIpRanges'),
      ca: {
        field: 'ipRanges',
        as: renamedEach(CONNECTED_APP_NAMES),
        from: renamedEach(backwards(CONNECTED_APP_NAMES)),
      },
      value: (app) => ifStated(rangeRows(app.trustedIpRanges)),
    },
  ],
});

export const rangeRows = (ranges: readonly IpRange[] | undefined): FieldValue | undefined =>
  ranges?.map(({ start, end, description }) => present({ startIpAddress: start, endIpAddress: end, description }));
