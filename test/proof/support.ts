import { join } from 'node:path';

import {
  Certificate,
  MachineApp,
  PermittedUsers,
  PrivateClientApp,
  PublicClientApp,
  type SalesforceOrg,
  Scope,
} from '../../constructs';
import type { Manifest } from '../../lib/metadata/manifest';
import type { AppProof, ProofResult } from '../../lib/proof/report';
import { proveManifest } from '../../lib/testing/prove-manifest';
import { TODAY } from '../operations/support';

export const CERTIFICATE = join(__dirname, '../../examples/quickstart/certs/billing-sync.crt');

/** A client of each kind. */
export function threeKinds(org: SalesforceOrg): void {
  new PrivateClientApp(org, 'Portal', {
    label: 'Portal',
    callbackUrls: ['https://portal.acme.example/oauth/callback'],
    scopes: [Scope.API, Scope.REFRESH_TOKEN],
    permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Portal_Users'] }),
  });
  new PublicClientApp(org, 'Mobile', {
    label: 'Mobile',
    callbackUrls: ['mobile://oauth'],
    scopes: [Scope.API, Scope.REFRESH_TOKEN],
    permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Mobile_Users'] }),
  });
  new MachineApp(org, 'Billing', {
    label: 'Billing',
    scopes: [Scope.API],
    permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Billing_Robots'] }),
    certificate: Certificate.fromFile(CERTIFICATE),
  });
}

/** The proof of what is declared, on an org that was given this or something else. */
export const proofOf = (declared: Manifest, deployed?: Manifest): Promise<readonly AppProof[]> =>
  proveManifest(declared, TODAY, deployed && { deployed });

export const resultsOf = (proofs: readonly AppProof[], app?: string): readonly ProofResult[] =>
  proofs.filter((proof) => app === undefined || proof.app === app).flatMap(({ results }) => results);

export const violations = (proofs: readonly AppProof[]): readonly string[] =>
  proofs.flatMap(({ app, results }) =>
    results.filter(({ outcome }) => outcome === 'violated').map((result) => `${app} ${result.case}`),
  );
