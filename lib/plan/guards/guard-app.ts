import { guardAccess } from './access';
import { guardCertificate } from './certificate';
import { guardExistence } from './existence';
import { guardFlows } from './flows';
import type { AppGuard } from './guard';
import { guardLateValues } from './late-values';
import { guardSelfLockout } from './self-lockout';
import { remarks } from './remarks';

const GUARDS: readonly AppGuard[] = [
  guardExistence,
  guardFlows,
  guardAccess,
  guardCertificate,
  guardSelfLockout,
  guardLateValues,
  remarks,
];

/** Every guard's findings about one app (D13). */
export const guardApp: AppGuard = (input) => GUARDS.flatMap((guard) => guard(input));
