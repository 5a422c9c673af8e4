import type { DeclareContext } from '../../lib/declaration/reading';
import { declareClientApp } from '../../lib/options/declare';

/** Each kind as its construct declares it. */
export const declarePrivateClientApp = (props: unknown, context: DeclareContext) =>
  declareClientApp('private', props, context);

export const declarePublicClientApp = (props: unknown, context: DeclareContext) =>
  declareClientApp('public', props, context);

export const declareMachineApp = (props: unknown, context: DeclareContext) =>
  declareClientApp('machine', props, context);
