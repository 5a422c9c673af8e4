import type { Manifest } from '../../lib/metadata/manifest';
import type { Org } from '../../lib/org/org';
import type { Execution } from '../../lib/terraform/org/execute';
import type { AppOperation } from '../../lib/terraform/org/operation';
import type { ProviderConfig } from '../../lib/terraform/org/provider-config';
import { TODAY } from './support';

const config: ProviderConfig = {
  login: undefined,
  offline: false,
  org: 'prod',
  apiVersion: 66,
  managedBy: 'identity/prod',
  failOn: 'critical',
  takeOverFrom: new Set(),
  assumesCodeAndCredentials: false,
  adopts: false,
};

/** The creation of every app of a program, as Terraform asks for it. */
export const creates = (manifest: Manifest): readonly AppOperation[] =>
  manifest.apps.map((app) => ({
    kind: 'write',
    app,
    reviewed: undefined,
    known: undefined,
    mayAdopt: false,
    consents: [],
  }));

/** What a batch of Terraform is carried out with, in the first batch of a run. */
export const batchOn = (org: Org): Execution => ({ org, config, today: TODAY, written: new Set() });
