import { diagnose } from '../../values/diagnose';
import { oneYearAfter } from '../../values/iso-date';
import { standing } from '../../values/justification';
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
    const name = app.api_name;
    const stands = standing(expires, today);
    if (stands === 'holds') return [];
    return [
      stands === 'ended'
        ? diagnose('justification-expired/app', place, { expires, today, app: name })
        : diagnose('justification-too-long/app', place, { today, latest: oneYearAfter(today), app: name }),
    ];
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
