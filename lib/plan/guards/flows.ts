import { diagnose } from '../../values/diagnose';
import { guardApexHandler } from './apex-classes';
import { guardCodeAndCredentials } from './code-and-credentials';
import type { AppGuard } from './guard';
import { guardSigningCertificate } from './signing-certificate';
import { guardStartPage } from './start-page';
import { guardTokens } from './tokens';
import { guardUsers } from './users';

/** Exceptions that ended since synth (D19). */
const guardExceptions: AppGuard = ({ app, situation }) =>
  app.exceptions
    .filter(({ expires }) => expires < situation.today)
    .map(({ option, control = '', expires }) =>
      diagnose(
        'justification-expired',
        {
          path: app.path,
          field: option ?? `exemption from ${control}`,
          value: expires,
          remedy: `have it approved again with a new date, remove what it excuses, or go on without this app: --except ${app.api_name}`,
        },
        { expires, today: situation.today },
      ),
    );

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
