import { declareApp } from '../lib/synth/org-inputs';
import { ClientApp } from './client-app';
import type { MachineAppProps } from './props/by-kind';
import type { Construct } from './tree';

/**
 * A machine without a user: a job, a service, a pipeline. It signs in with a certificate (JWT bearer flow), with a
 * justified client credentials flow, or with either.
 */
export class MachineApp extends ClientApp {
  /**
   * Declares the app. What is wrong with it is reported at synth, with everything else.
   *
   * @param scope The SalesforceOrg, or a construct inside one.
   * @param id Construct id; also the API name, unless `apiName` states another one.
   */
  constructor(scope: Construct, id: string, props: MachineAppProps) {
    super(scope, id, new.target, (org, place) => declareApp(org, 'machine', props, place));
  }
}
