import type { Component } from '../metadata/component';
import { sameNamed } from '../metadata/live-app';
import { presentComponent } from '../metadata/observe';
import { toPackage } from '../metadata/package/package-files';
import type { Org } from '../org/org';
import { diagnose } from '../values/diagnose';
import { ClientAppsError } from '../values/diagnostic';
import { readApps } from './read-org';
import type { OnEvent } from './types';

const POLICIES = 'ExtlClntAppConfigurablePolicies';

export interface StopInput {
  readonly org: Org;
  readonly apiName: string;
  readonly apiVersion: number;
  readonly onEvent?: OnEvent;
  /** Called just before the app is switched off: until then nothing was sent that changes the org. */
  readonly onWriting?: () => void;
  /** Ends everything at once; a deploy under way goes on in the org. */
  readonly signal?: AbortSignal;
  /** Ends orderly: nothing is written from then on. */
  readonly stop?: AbortSignal;
}

export interface Stopped {
  readonly already_stopped: boolean;
  /** The org has a Connected App of that name, too, which is not switched off. */
  readonly connected_app_beside: boolean;
}

/**
 * Break-glass: switches the app off in the org (`isEnabled=false`), declared or not, and changes nothing else.
 * @throws ClientAppsError REFUSED where there is no such External Client App, DEPLOY_FAILED, ABORTED; OrgError.
 */
export async function stopApp(input: StopInput): Promise<Stopped> {
  const { org, apiName, apiVersion, onEvent, onWriting, signal, stop } = input;
  const options = signal ? { signal } : {};
  onEvent?.({ kind: 'step', message: `looking for ${apiName}` });
  const { observed } = await readApps(org, apiVersion, options, { concerns: (found) => found.apiName === apiName });
  const app = observed.apps.get(apiName);
  if (app?.platform !== 'external-client-app') {
    const allowed = [...observed.apps.values()]
      .filter(({ platform }) => platform === 'external-client-app')
      .map(({ apiName: name }) => name)
      .join(', ');
    const code = app ? 'stop-connected-app' : 'no-such-app';
    throw new ClientAppsError('REFUSED', [diagnose(code, { path: apiName, allowed }, { app: apiName })]);
  }
  const policies = app.components[POLICIES];
  if (policies?.state === 'unreadable') {
    throw new ClientAppsError('REFUSED', [
      {
        code: 'app-unreadable',
        severity: 'error',
        path: apiName,
        problem: `the policies of ${apiName} cannot be read: ${policies.reason}`,
        remedy: 'switch the app off in Setup > External Client App Manager > Policies',
      },
    ]);
  }
  const live = presentComponent(app, POLICIES);
  const beside = { connected_app_beside: sameNamed(observed, app) !== undefined };
  if (live?.fields['isEnabled'] === false) return { already_stopped: true, ...beside };
  const record: Component = {
    type: POLICIES,
    fullName: live?.fullName ?? `${apiName}_plcy`,
    fields: { ...live?.fields, externalClientApplication: apiName, isEnabled: false },
    ...(live?.unknown && { unknown: live.unknown }),
  };
  if (stop?.aborted) throw stopped(apiName);
  onWriting?.();
  onEvent?.({ kind: 'step', message: `switching ${apiName} off` });
  const files = toPackage([record], { apiVersion });
  const outcome = await org.deploy({ files, apiVersion, checkOnly: false }, options);
  if (outcome.status === 'succeeded') return { already_stopped: false, ...beside };
  const reasons = outcome.failures.map(({ problem }) => problem).join('; ');
  throw new ClientAppsError('DEPLOY_FAILED', [
    {
      code: 'deploy-failed',
      severity: 'error',
      path: apiName,
      problem: `Salesforce refused to switch ${apiName} off: ${[outcome.message, reasons].filter(Boolean).join('; ')}`,
      remedy: 'switch the app off in Setup > External Client App Manager > Policies, now',
    },
  ]);
}

const stopped = (apiName: string): ClientAppsError =>
  new ClientAppsError('ABORTED', [
    {
      code: 'stopped-on-request',
      severity: 'error',
      path: apiName,
      problem: `stopped on request before ${apiName} was switched off; nothing was written`,
      remedy: `run client-apps stop ${apiName} again to switch it off`,
    },
  ]);
