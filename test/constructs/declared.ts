import { declareMachineApp, declarePrivateClientApp, declarePublicClientApp } from '../../lib/declaration/declare';
import type { ClientApp } from '../../lib/declaration/client-app';
import type { DeclareContext } from '../../lib/declaration/reading';
import type { Diagnostic } from '../../lib/values/diagnostic';
import type { Result } from '../../lib/values/result';
import { MachineApp, PublicClientApp } from '../../constructs';

export interface RandomApp {
  readonly construct: unknown;
  readonly props: object;
}

export function declareIn(
  apiVersion: number,
  { construct, props }: RandomApp,
): Result<ClientApp, readonly Diagnostic[]> {
  const context: DeclareContext = {
    path: 'identity/prod/App',
    org: 'prod',
    id: 'App',
    apiVersion,
    today: '2026-07-01',
    contactEmail: 'iam@acme.example',
  };
  if (construct === MachineApp) return declareMachineApp(props, context);
  return construct === PublicClientApp
    ? declarePublicClientApp(props, context)
    : declarePrivateClientApp(props, context);
}

/** The declaration of a valid app. */
export function declaredIn(apiVersion: number, app: RandomApp): ClientApp {
  const result = declareIn(apiVersion, app);
  if (result.ok) return result.value;
  throw new Error(result.error.map(({ field, problem }) => `${field ?? ''}: ${problem}`).join('\n'));
}
