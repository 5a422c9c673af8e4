import type { XmlElement, XmlNode } from '../../metadata/package/xml';
import type { OrgContext, Refusal } from '../context';
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
