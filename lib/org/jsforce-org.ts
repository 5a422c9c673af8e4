import { readApexClasses } from './apex-classes';
import { readApiClientHolders } from './api-client-holders';
import { readCertificates } from './certificates';
import { readCondition } from './condition';
import { consumersOf } from './consumers';
import { deploy, type DeployOptions, type DeploySettings, followDeploy } from './deploy';
import { describeTypes } from './describe-types';
import type { Door } from './door';
import { readFacts } from './facts';
import { identify } from './identify';
import type { CallOptions, DeployRequest, IdentifyOptions, Org, RetrieveRequest } from './org';
import { readOwnUser } from './own-user';
import { retrieve } from './retrieve';
import { readRunAsUsers } from './run-as-users';
import { readRunningDeploys } from './running-deploys';
import { readSandboxUsers } from './sandbox-users';
import { readEvidence, readSetupChanges } from './usage/evidence';
import type { EvidenceRequest, RevokeRequest, UsageRequest } from './usage/facts';
import { readUsage } from './usage/read';
import { revokeTokens } from './usage/revoke';

/** The Org port over jsforce. */
export function jsforceOrg(door: Door, settings: DeploySettings & { readonly apiVersion: number }): Org {
  const { apiVersion } = settings;
  const read = (request: RetrieveRequest, options?: CallOptions) => retrieve(door, request, settings, options);
  return {
    identify: (options?: IdentifyOptions) => identify(door, apiVersion, options),
    metadataTypes: (version: number, options?: CallOptions) => describeTypes(door, version, options?.signal),
    retrieve: read,
    deploy: (request: DeployRequest, options?: DeployOptions) => deploy(door, request, settings, options),
    followDeploy: (request: Parameters<Org['followDeploy']>[0], options?: Parameters<Org['followDeploy']>[1]) =>
      followDeploy(door, request, settings, options),
    runningDeploys: (version: number, options?: CallOptions) => readRunningDeploys(door, version, options),
    facts: (usernames: readonly string[], options?: CallOptions) => readFacts(door, usernames, apiVersion, options),
    ownUser: (options?: CallOptions) => readOwnUser(door, apiVersion, read, options),
    runAsUsers: (usernames: readonly string[], options?: CallOptions & { readonly retrieve?: Org['retrieve'] }) =>
      readRunAsUsers(door, usernames, apiVersion, options?.retrieve ?? read, options),
    sandboxUsers: (usernames: readonly string[], options?: CallOptions) =>
      readSandboxUsers(door, usernames, apiVersion, options),
    apexClasses: (names: readonly string[], options?: CallOptions) => readApexClasses(door, names, apiVersion, options),
    certificates: (options?: CallOptions) => readCertificates(door, apiVersion, options),
    usage: (request: UsageRequest, options?: CallOptions) => readUsage(door, request, apiVersion, options),
    evidence: (request: EvidenceRequest, options?: CallOptions) => readEvidence(door, request, apiVersion, options),
    setupChanges: (since: string, options?: CallOptions) => readSetupChanges(door, since, apiVersion, options),
    revoke: (request: RevokeRequest, options?: Parameters<Org['revoke']>[1]) =>
      revokeTokens(door, request, apiVersion, options),
    apiClientHolders: (options?: CallOptions) => readApiClientHolders(door, apiVersion, options),
    consumers: consumersOf(door, apiVersion),
    condition: (options?: CallOptions) => readCondition(door, apiVersion, options),
    get clockSkewMs() {
      return door.clockSkewMs;
    },
    get calls() {
      return door.calls;
    },
  };
}
