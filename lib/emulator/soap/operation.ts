import type { XmlElement, XmlNode } from '../../metadata/package/xml';
import { type OrgContext, type Refusal, refuse } from '../context';
import type { OrgUser } from '../state';

/** One SOAP call, authenticated. */
export interface SoapCall {
  readonly context: OrgContext;
  readonly user: OrgUser;
  readonly operation: XmlElement;
  readonly version: number;
  readonly allOrNone: boolean;
}

/** The `<result>` elements of an answer, or why there are none. */
export type SoapAnswer = readonly XmlNode[] | Refusal;

export type SoapOperation = (call: SoapCall) => SoapAnswer | Promise<SoapAnswer>;

/** Names one CRUD call may have. */
export const CRUD_LIMIT = 10;

/** Why there is no such job: an id of another shape is no id at all. */
export const unknownJob = (kind: 'deploy' | 'retrieve', id = ''): Refusal =>
  /^[A-Za-z0-9]{15}([A-Za-z0-9]{3})?$/.test(id)
    ? refuse('INVALID_ID_FIELD', `Invalid ${kind} ID: ${id}`)
    : refuse('MALFORMED_ID', `bad id ${id}`);
