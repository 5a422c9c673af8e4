import type { ObservedApp } from '../../metadata/observed';
import type { Rotation } from '../../operations/rotate-staged';
import { rotateArgument } from '../../operations/rotation-record';
import { SECRET_SWITCH, withSecretAccess } from '../../operations/secret-access';
import { findStopTarget } from '../../operations/stop-target';
import { diagnose } from '../../values/diagnose';
import type { Diagnostic } from '../../values/diagnostic';
import type { Session } from '../org/session';
import type { TerraformDiagnostic } from '../resource';
import { outcomeDiagnostics } from '../terraform-diagnostic';
import type { Values } from '../wire/value';

interface Step<T> {
  readonly apiName: string;
  /** Someone agreed to opening the access. */
  readonly agreed: boolean;
  readonly prior: Values | undefined;
  /** Not asked for where this gives a result: what is known of the app is enough. */
  readonly without?: (app: ObservedApp) => T | undefined;
  readonly work: (rotation: Rotation) => Promise<T>;
}

/** Does a step of a rotation alone in the org, with the access to secrets open and closed again. */
export async function inRotation<T>(
  session: Session,
  { apiName, agreed, prior, without, work }: Step<T>,
): Promise<{ readonly value: T; readonly diagnostics: readonly TerraformDiagnostic[] }> {
  const { apiVersion } = session.config;
  const { clientId } = (await session.reading()).identity;
  const signal = session.stopping;
  const remarks: Diagnostic[] = [];
  const value = await session.alone(async (org) => {
    const { app } = await findStopTarget(org, apiName, apiVersion, { signal });
    const known = without?.(app);
    if (known !== undefined) return known;
    const rotation = {
      org,
      app,
      argument: rotateArgument(session.config.org, app.apiName),
      clientId,
      signal,
      stop: signal,
    };
    return withSecretAccess(
      { org, apiVersion, app: app.apiName, signal },
      {
        agreed,
        leftOpen: false,
        work: () => work(rotation),
        onOpening: () => session.log(`switching ${SECRET_SWITCH} on for the whole org, for the moment of a rotation`),
        onClosed: () => session.log(`${SECRET_SWITCH} is off`),
        onLeftOpen: (reason) =>
          remarks.push(diagnose('secret-access-left-open', { path: apiName }, { setting: SECRET_SWITCH, reason })),
      },
    );
  });
  return { value, diagnostics: outcomeDiagnostics(remarks, prior) };
}
