import { guardAccess } from './access';
import { guardCertificate } from './certificate';
import { guardConnectedApp } from './connected-app';
import { guardExistence } from './existence';
import { guardFlows } from './flows';
import type { AppGuard } from './guard';
import { guardOauthRecords } from './oauth-records';
import { remarks } from './remarks';
import { guardSameName } from './same-name';
import { guardSecuritySettings } from './security-settings';
import { guardSelfLockout } from './self-lockout';
import { guardUnknownValues } from './unknown-values';

const GUARDS: readonly AppGuard[] = [
  guardExistence,
  guardSameName,
  guardConnectedApp,
  guardFlows,
  guardAccess,
  guardOauthRecords,
  guardCertificate,
  guardSelfLockout,
  guardUnknownValues,
  guardSecuritySettings,
  remarks,
];

/** Every guard's findings about one app (D13). */
export const guardApp: AppGuard = (input) => GUARDS.flatMap((guard) => guard(input));
