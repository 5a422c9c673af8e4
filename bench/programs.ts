import { NullProvider } from '@cdktf/provider-null/lib/provider';
import { Resource } from '@cdktf/provider-null/lib/resource';
import { App, LocalBackend, TerraformStack } from 'cdktf';

import { Engine, PermittedUsers, PrivateClientApp, SalesforceOrg, Scope } from '../constructs';

export interface Options {
  /** Marks this version of the labels. */
  readonly suffix?: string;
  readonly writePackage?: boolean;
  readonly engine?: Engine;
  /** Where Terraform keeps its state. */
  readonly state?: string;
  /** Who may use the apps; without it every user, which a plan of Terraform warns of app by app. */
  readonly permissionSet?: string;
}

/** A program of many private apps in one org. */
export function manyApps(count: number, outdir: string, options: Options = {}): App {
  const { suffix = '', writePackage = true, engine = Engine.PROVIDER, state, permissionSet } = options;
  const app = new App({ outdir });
  const stack = new TerraformStack(app, 'bench');
  if (state !== undefined) new LocalBackend(stack, { path: state });
  const org = new SalesforceOrg(stack, 'prod', {
    contactEmail: 'iam@acme.example',
    writePackage,
    engine,
  });
  for (let n = 0; n < count; n++) {
    new PrivateClientApp(org, `App_${n}`, {
      label: `App ${n}${suffix}`,
      callbackUrls: [`https://app${n}.acme.example/callback`],
      scopes: [Scope.API],
      permittedUsers:
        permissionSet === undefined
          ? PermittedUsers.selfAuthorized()
          : PermittedUsers.preAuthorized({ permissionSets: [permissionSet] }),
    });
  }
  return app;
}

/** The same resources in bare cdktf: as many null_resources with as many triggers, nothing computed. */
export function bareResources(count: number, outdir: string): App {
  const app = new App({ outdir });
  const stack = new TerraformStack(app, 'bench');
  new NullProvider(stack, 'null');
  for (let n = 0; n < count; n++) {
    const triggers = Object.fromEntries(Array.from({ length: 40 }, (_, field) => [`component.field_${field}`, `${n}`]));
    new Resource(stack, `App_${n}`, { triggers, lifecycle: { createBeforeDestroy: true } });
  }
  return app;
}
