import { type ClientApp as Construct, MachineApp, PublicClientApp, type SalesforceOrg } from '../../constructs';
import { diagnosticsOf } from '../../constructs/testing';
import type { DeclareContext } from '../../lib/declaration/reading';
import type { ClientApp } from '../../lib/options/client-app';
import type { Diagnostic } from '../../lib/values/diagnostic';
import type { Result } from '../../lib/values/result';
import { declareMachineApp, declarePrivateClientApp, declarePublicClientApp } from '../declaration/declare';
import { untyped } from './support';

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

/**
 * Declares apps in an org, and has each of them exempted from the controls that it violates: what is chosen at random is
 * valid, and seldom safe.
 */
export function declareAll(
  org: SalesforceOrg,
  all: readonly { readonly id: string; readonly app: RandomApp }[],
  expires = '2027-01-31',
): void {
  const made = new Map(
    all.map(({ id, app }) => {
      const construct = new (untyped(app.construct))(org, id, app.props) as Construct;
      return [construct.node.path, construct] as const;
    }),
  );
  for (const { code, path, severity } of diagnosticsOf(org.node.root)) {
    const app = made.get(path);
    if (app && severity === 'error' && code.startsWith('SFCA-')) {
      org.exempt(app, code, { reason: 'Chosen at random', approvedBy: 'chance@acme.example', expires });
    }
  }
}
