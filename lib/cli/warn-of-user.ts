import { diagnose } from '../values/diagnose';
import { visible } from '../values/visible';
import type { Io } from './io';
import { report } from './report-error';

/** Says that a username on the command line is perhaps misspelled: the answer is that of a user without a token. */
export const warnOfUser = (io: Io, user: string, meant: string): void => {
  report([diagnose('user-not-seen', { path: '--user', value: user, meant: visible(meant) })], io);
};
