import type { DeployJob, DeployStatus } from './jobs';
import type { DeployMessage } from './messages';

/** A value of the wire: SOAP and REST write the same record in their own form. */
export type Wire = string | number | boolean | WireRecord | readonly Wire[] | undefined;
export interface WireRecord {
  readonly [name: string]: Wire;
}

const DONE: readonly DeployStatus[] = ['Succeeded', 'SucceededPartial', 'Failed', 'Canceled'];

export const isDone = (status: DeployStatus): boolean => DONE.includes(status);

/** `DeployResult` in the WSDL's order of elements, as a status call sees it. */
export function deployResult(job: DeployJob, status: DeployStatus, withDetails: boolean): WireRecord {
  const done = isDone(status);
  const messages = done ? (job.outcome?.messages ?? []) : [];
  const failures = messages.filter(
    (message) => !message.success || (message.problemType === 'Warning' && status === 'Failed'),
  );
  const successes = messages.filter((message) => !failures.includes(message));
  const tested = { numFailures: 0, numTestsRun: 0, totalTime: 0 };
  return {
    ...(status === 'Canceled' ? { canceledBy: job.canceledBy?.id, canceledByName: job.canceledBy?.username } : {}),
    checkOnly: job.options.checkOnly,
    completedDate: done ? job.completedDate : undefined,
    createdBy: job.user?.id,
    createdByName: job.user?.username,
    createdDate: job.createdDate,
    details: withDetails
      ? {
          componentFailures: failures.map((message) => deployMessage(message, job)),
          componentSuccesses: [
            ...(done && job.outcome !== undefined ? [manifestMessage(job)] : []),
            ...successes.map((message) => deployMessage(message, job)),
          ],
          runTestResult: { ...tested, codeCoverage: [], codeCoverageWarnings: [], failures: [], successes: [] },
        }
      : undefined,
    done,
    errorMessage: done ? job.failure?.message : undefined,
    errorStatusCode: done ? job.failure?.code : undefined,
    id: job.id,
    ignoreWarnings: job.options.ignoreWarnings,
    lastModifiedDate: job.lastModifiedDate,
    numberComponentErrors: failures.length,
    numberComponentsDeployed: done ? successes.filter((message) => message.problem === undefined).length : 0,
    numberComponentsTotal: job.outcome?.total ?? 0,
    numberFiles: job.numberFiles,
    numberTestErrors: 0,
    numberTestsCompleted: 0,
    numberTestsTotal: 0,
    rollbackOnError: job.options.rollbackOnError,
    runTestsEnabled: false,
    startDate: job.startDate,
    status,
    success: status === 'Succeeded' || status === 'SucceededPartial',
    zipSize: job.zipSize,
  };
}

function deployMessage(message: DeployMessage, job: DeployJob): WireRecord {
  return {
    changed: message.changed,
    columnNumber: message.position?.column,
    componentType: message.componentType,
    created: message.created,
    createdDate: job.completedDate ?? job.createdDate,
    deleted: message.deleted,
    fileName: message.fileName,
    fullName: message.fullName,
    id: message.id,
    lineNumber: message.position?.line,
    problem: message.problem,
    problemType: message.problemType,
    success: message.success,
  };
}

/** The manifest is listed among the successes, with no type. */
const manifestMessage = (job: DeployJob): WireRecord =>
  deployMessage(
    {
      componentType: '',
      fileName: 'package.xml',
      fullName: 'package.xml',
      created: false,
      changed: true,
      deleted: false,
      success: true,
    },
    job,
  );
