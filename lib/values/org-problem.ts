import { isOther } from './catalog';
import { diagnoseInWords, diagnoseOther } from './diagnose';
import type { Diagnostic } from './diagnostic';

interface Failure {
  readonly kind: 'login' | 'unreachable' | 'refused' | 'answer' | 'aborted';
  readonly errorCode: string | undefined;
  readonly message: string;
  readonly remedy: string;
}

/** Why a request to the org failed, as a diagnostic: under the code of Salesforce or of the network, else under ours. */
export const orgProblem = ({ kind, errorCode, message, remedy }: Failure, path: string): Diagnostic => {
  const shown = { severity: 'error', path, problem: message, remedy } as const;
  return errorCode !== undefined && isOther(errorCode)
    ? diagnoseOther(errorCode, shown)
    : diagnoseInWords(`org-${kind}`, shown);
};
