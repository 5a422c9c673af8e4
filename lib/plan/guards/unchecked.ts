import type { Diagnostic } from '../../values/diagnostic';
import { declaredText, isTouched, switchesOn } from './declared';
import type { AppGuard } from './guard';

interface Unchecked {
  readonly field: string;
  readonly option: string;
  readonly what: string;
  readonly remedy: string;
}

const inSetup = (what: string): string => `look at ${what} in Setup; the deploy fails without it`;

/** Prerequisites outside what this library reads. Better said to be unchecked than passed over. */
const UNCHECKED: readonly Unchecked[] = [
  {
    field: 'apexHandler',
    option: 'apexHandler.className',
    what: 'whether the org has the Apex class',
    remedy: inSetup('Apex Classes'),
  },
  {
    field: 'assetTokenSigningCertificate',
    option: 'assetToken.signingCertificate',
    what: 'whether the org has the certificate, and it has not ended',
    remedy: inSetup('Certificate and Key Management'),
  },
];

/** Told when the app is written, and not in plans without changes. */
export const guardUnchecked: AppGuard = (input) => {
  const { app } = input;
  if (!isTouched(input)) return [];
  return UNCHECKED.filter(({ field }) => switchesOn(app, field) || declaredText(app, field) !== undefined).map(
    ({ option, what, remedy }): Diagnostic => ({
      code: 'prerequisite-unchecked',
      severity: 'note',
      path: app.path,
      field: option,
      problem: `not checked: ${what}`,
      remedy,
    }),
  );
};
