/* eslint-disable @typescript-eslint/no-require-imports -- whoever asks for manifests only shall not load an org and its client */
import type * as proveManifest from '../../lib/testing/prove-manifest';
import type * as testOrg from '../../lib/testing/test-org';

/** What starts an org, loaded when a test asks for one. */
export const LOAD = {
  proveManifest: () => (require('../../lib/testing/prove-manifest') as typeof proveManifest).proveManifest,
  startTestOrg: () => (require('../../lib/testing/test-org') as typeof testOrg).startTestOrg,
} as const;
