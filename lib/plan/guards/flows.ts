import { diagnose } from '../../values/diagnose';
import { oneYearAfter } from '../../values/iso-date';
import { guardApexHandler } from './apex-classes';
import { guardCodeAndCredentials } from './code-and-credentials';
import type { AppGuard } from './guard';
import { guardSigningCertificate } from './signing-certificate';
import { guardStartPage } from './start-page';
import { guardTokens } from './tokens';
import { guardUsers } from './users';

/** Exceptions that ended since synth, and those that no synth would have let pass on this day (D19). */
const guardExceptions: AppGuard = ({ app, situation: { today } }) =>
  app.exceptions.flatMap(({ option, control = '', expires }) => {
    const place = { path: app.path, field: option ?? `exemption from ${control}`, value: expires };
    const leaveOut = `go on without this app: --except ${app.api_name}`;
    if (expires < today) {
      const remedy = `have it approved again with a new date, remove what it excuses, or ${leaveOut}`;
      return [diagnose('justification-expired', { ...place, remedy }, { expires, today })];
    }
    const latest = oneYearAfter(today);
    if (expires <= latest) return [];
    const allowed = `a date from ${today}, which this computer takes for today, to ${latest}`;
    const remedy = `correct the clock of this computer or the date in the code, or ${leaveOut}`;
    return [diagnose('justification-too-long', { ...place, allowed, remedy })];
  });

const FLOWS: readonly AppGuard[] = [
  guardCodeAndCredentials,
  guardUsers,
  guardTokens,
  guardStartPage,
  guardApexHandler,
  guardSigningCertificate,
  guardExceptions,
];

/** Prerequisites of the declared flows in the live org. */
export const guardFlows: AppGuard = (input) => FLOWS.flatMap((guard) => guard(input));
