import { NONE_LEFT, refusedCall, SOAP_ACCESS } from '../access';
import {
  type HttpAnswer,
  type HttpRequest,
  isRefusal,
  looksLikeJwt,
  mayCallApi,
  type OrgContext,
  refusedVersion,
  sessionOfToken,
} from '../context';
import { cancelDeploy, checkDeployStatus, checkStatus, deploy, deployRecentValidation } from './deploy';
import { describeMetadata, describeValueType, listMetadata } from './describe';
import { type Envelope, readEnvelope, writeFault, writeResponse } from './envelope';
import type { SoapOperation } from './operation';
import { readMetadata } from './read';
import { checkRetrieveStatus, retrieve } from './retrieve';
import { createMetadata, deleteMetadata, renameMetadata, updateMetadata, upsertMetadata } from './write';

/** Every SOAP operation of the Metadata API the emulator carries out. */
export const SOAP_OPERATIONS: Readonly<Record<string, SoapOperation>> = {
  deploy,
  checkDeployStatus,
  cancelDeploy,
  deployRecentValidation,
  retrieve,
  checkRetrieveStatus,
  checkStatus,
  listMetadata,
  describeMetadata,
  describeValueType,
  readMetadata,
  createMetadata,
  updateMetadata,
  upsertMetadata,
  deleteMetadata,
  renameMetadata,
};

/** From this version on the SOAP API takes access tokens that are JWTs. */
const JWT_SINCE = 68;

const xml = (status: number, body: string): HttpAnswer => ({ status, contentType: 'text/xml; charset=utf-8', body });
export const soapFault = (code: string, message: string): HttpAnswer => xml(500, writeFault(code, message));

/** The API version in a SOAP path, or undefined for another path. */
export function soapVersion(path: string): number | undefined {
  const version = /^\/services\/Soap\/m\/(\d+\.\d)(\/\w+)?\/?$/.exec(path)?.[1];
  return version === undefined ? undefined : Number(version);
}

/** The request's envelope, to name the operation before it is carried out. */
export const envelopeOf = (request: HttpRequest): Envelope | string => readEnvelope(request.body.toString('utf8'));

/** Carries out a SOAP call: authentication first, then the operation. */
export async function answerSoap(
  context: OrgContext,
  envelope: Envelope | string,
  version: number,
): Promise<HttpAnswer> {
  if (refusedVersion(version, context.switches)) {
    return soapFault('UNSUPPORTED_API_VERSION', `Unsupported API version: ${version.toFixed(1)}`);
  }
  if (typeof envelope === 'string') return soapFault('MALFORMED_REQUEST', `The message cannot be parsed: ${envelope}`);
  const { operation, sessionId, allOrNone } = envelope;
  const refusedJwt = version < JWT_SINCE && looksLikeJwt(sessionId ?? '');
  const session = sessionOfToken(context, sessionId);
  if (session === undefined || !mayCallApi(session) || refusedJwt) {
    return soapFault('INVALID_SESSION_ID', 'Invalid Session ID found in SessionHeader: Illegal Session');
  }
  if (!context.limit.take()) return soapFault(NONE_LEFT.code, NONE_LEFT.message);
  const carryOut = Object.hasOwn(SOAP_OPERATIONS, operation.name) ? SOAP_OPERATIONS[operation.name] : undefined;
  if (carryOut === undefined) {
    return soapFault('INVALID_OPERATION', `No operation available for request ${operation.name}`);
  }
  const refused = refusedCall(context, session.user, SOAP_ACCESS);
  if (refused) return soapFault(refused.code, refused.message);
  const answer = await carryOut({ context, user: session.user, operation, version, allOrNone });
  return isRefusal(answer) ? soapFault(answer.code, answer.message) : xml(200, writeResponse(operation.name, answer));
}
