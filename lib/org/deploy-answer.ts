import { z } from 'zod';

import type { DeployFailure, DeployOutcome, DeployRequest } from './org';
import { OrgError } from './org-error';
import type { Redact } from './redact';

/** The guide and the schema spell the failure of the last step differently. */
const FAILED = new Set(['Failed', 'Canceled', 'FinalizingFailed', 'FinalizingDeployFailed']);
/** An unknown status counts as running, unless the org calls the job done. */
const OVER = new Set([...FAILED, 'Succeeded', 'SucceededPartial']);

const listOf = <T extends z.ZodType>(item: T) => z.preprocess((value) => [value ?? []].flat(), z.array(item));
const count = z.coerce.number().int().nonnegative().catch(0);
const optionalNumber = z.coerce.number().int().optional().catch(undefined);
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');

const Message = z.object({
  componentType: text,
  fullName: text,
  fileName: text,
  problem: text,
  problemType: text,
  lineNumber: optionalNumber,
  columnNumber: optionalNumber,
});
const TestFailure = z.object({ name: text, methodName: text, message: text });
const CoverageWarning = z.object({ name: text, message: text });
const Tests = z.object({
  failures: listOf(TestFailure),
  codeCoverageWarnings: listOf(CoverageWarning),
  flowCoverageWarnings: listOf(CoverageWarning),
});
const Details = z.object({
  componentFailures: listOf(Message),
  componentSuccesses: listOf(Message),
  runTestResult: Tests.nullish(),
  runTestResults: Tests.nullish(),
});

/** `deployResult` of the REST resource, as far as it is used. */
export const DeployStatus = z
  .object({
    id: text,
    status: z.string().min(1),
    done: z.boolean(),
    success: z.boolean().optional(),
    checkOnly: z.boolean().optional(),
    errorStatusCode: text,
    errorMessage: text,
    canceledByName: text,
    createdDate: text,
    numberComponentsDeployed: count,
    numberComponentErrors: count,
    numberComponentsTotal: count,
    details: Details.nullish(),
  })
  .transform((value) => ({ ...value, isOver: value.done || OVER.has(value.status) }));
export type DeployStatus = z.infer<typeof DeployStatus>;

/**
 * What the deploy came to.
 * @throws OrgError `answer`, in doubt, where status and success contradict each other, a part was kept, or the status is unknown.
 */
export function toOutcome(
  id: string,
  result: DeployStatus,
  request: Pick<DeployRequest, 'checkOnly'>,
  redact: Redact,
): DeployOutcome {
  const { status, success, details } = result;
  if (result.checkOnly !== undefined && result.checkOnly !== request.checkOnly) {
    throw odd(id, request.checkOnly ? 'the org ran it as a deploy' : 'the org ran it as a validation', true);
  }
  if (status === 'SucceededPartial')
    throw odd(id, 'the org kept part of it although rollback was requested', !request.checkOnly);
  if (status === 'Succeeded') {
    if (success === false) throw odd(id, 'the org reports it as succeeded but not as successful', !request.checkOnly);
    const warnings = (details?.componentSuccesses ?? []).filter((message) => message.problem !== '');
    return { status: 'succeeded', id, warnings: warnings.map((message) => toFailure(message, redact)) };
  }
  // A word that is not known means what the org says beside it; without "not successful" nothing was rolled back for sure.
  if (!FAILED.has(status) && success !== false) {
    throw odd(id, `the org ended it with the unknown status ${status}`, !request.checkOnly);
  }
  const failures = [
    ...(details?.componentFailures ?? []).map((message) => toFailure(message, redact)),
    ...testFailures(result, redact),
  ];
  const message = redact(jobMessage(result, failures.length));
  return { status: 'failed', id, failures, ...(message === '' ? {} : { message }) };
}

function jobMessage({ status, errorStatusCode, errorMessage, canceledByName }: DeployStatus, failures: number): string {
  const refusal = [errorStatusCode, errorMessage].filter((part) => part !== '').join(': ');
  if (refusal !== '') return refusal;
  if (status === 'Canceled') return `canceled by ${canceledByName === '' ? 'someone' : canceledByName}`;
  return failures > 0 ? '' : `the org gave no reason; the deploy ended as ${status}`;
}

function toFailure(message: z.infer<typeof Message>, redact: Redact): DeployFailure {
  const { componentType, fullName, fileName, problem, lineNumber, columnNumber } = message;
  return {
    type: componentType,
    fullName,
    fileName: fileName.replace(/^unpackaged\//, ''),
    problem: redact(problem === '' ? 'no reason given' : problem),
    ...(lineNumber === undefined ? {} : { line: lineNumber }),
    ...(columnNumber === undefined ? {} : { column: columnNumber }),
  };
}

/** Apex tests run where the org's settings demand them, and can fail a deploy that holds no Apex. */
function testFailures({ details }: DeployStatus, redact: Redact): DeployFailure[] {
  const tests = details?.runTestResult ?? details?.runTestResults;
  if (!tests) return [];
  const entry = (type: string, fullName: string, problem: string): DeployFailure => ({
    type,
    fullName,
    fileName: '',
    problem: redact(problem),
  });
  return [
    ...tests.failures.map(({ name, methodName, message }) => entry('ApexClass', `${name}.${methodName}`, message)),
    ...tests.codeCoverageWarnings.map(({ name, message }) => entry('ApexClass', name, message)),
    ...tests.flowCoverageWarnings.map(({ name, message }) => entry('Flow', name, message)),
  ];
}

function odd(id: string, problem: string, inDoubt: boolean): OrgError {
  return new OrgError(
    'answer',
    `The result of deploy ${id} is not valid: ${problem}${inDoubt ? '; what the org kept of it is not known' : ''}`,
    `check ${id} in Setup, Deployment Status, then plan again`,
    { inDoubt },
  );
}
