import type { Exception } from '../declaration/client-app';
import type { OPTIONS } from '.';

type Row = (typeof OPTIONS)[number];
type Intersection<Union> = (Union extends unknown ? (one: Union) => void : never) extends (all: infer All) => void
  ? All
  : never;

/** What reading every option gives, flat, so that the compiler shows members and not how they came together. */
export type Values = {
  [Name in keyof Intersection<ReturnType<Row['read']>>]: Intersection<ReturnType<Row['read']>>[Name];
};

type OfUsers = 'callbackUrls';
type OfMachines = 'certificate' | 'clientCredentials';

interface ClientAppBase extends Omit<Values, OfUsers | OfMachines> {
  /** Construct path of the declaration. */
  readonly path: string;
  readonly exceptions: readonly Exception[];
}

export interface PrivateClientAppDeclaration extends ClientAppBase, Pick<Values, OfUsers> {
  readonly kind: 'private';
}

export interface PublicClientAppDeclaration extends ClientAppBase, Pick<Values, OfUsers> {
  readonly kind: 'public';
}

/** At least one of `certificate` and `clientCredentials` is present. */
export interface MachineAppDeclaration extends ClientAppBase, Pick<Values, OfMachines> {
  readonly kind: 'machine';
}

/** What the author typed, parsed into a value that can only be valid. */
export type ClientApp = PrivateClientAppDeclaration | PublicClientAppDeclaration | MachineAppDeclaration;
