/** How an External Client App comes through a refresh. */
export type CopiedApp = 'whole' | 'without-consumer' | 'not-copied';

/** What a sandbox refresh does that public sources leave open or contradict each other about. */
export interface SandboxSwitches {
  readonly refreshedLocalApps: CopiedApp;
  readonly refreshedPackagedApps: CopiedApp;
  readonly refreshKeepsConsumerKeys: boolean;
  readonly refreshKeepsAppCertificates: boolean;
  readonly refreshKeepsSetupCertificates: boolean;
  readonly refreshKeepsAssignments: boolean;
  readonly refreshKeepsOauthSettings: boolean;
  readonly refreshRenamesRunAsUsers: boolean;
  readonly sourceTracking: boolean;
}

export const SANDBOX_SWITCHES = {
  refreshedLocalApps: {
    about:
      'A sandbox refresh copies local external client apps whole, without their consumer, or not at all (users report each of the three).',
    standard: 'not-copied',
  },
  refreshedPackagedApps: {
    about: 'The same of packaged ones (a known issue of Salesforce: their OAuth settings have no consumer).',
    standard: 'without-consumer',
  },
  refreshKeepsConsumerKeys: {
    about:
      'A copied external client app keeps consumer key and secret (else it gets new ones); a Connected App always does.',
    standard: true,
  },
  refreshKeepsAppCertificates: {
    about: 'A copied external client app keeps the certificate of its client.',
    standard: true,
  },
  refreshKeepsSetupCertificates: {
    about: 'Certificates of Certificate and Key Management, with their private keys, are in the copy.',
    standard: false,
  },
  refreshKeepsAssignments: {
    about: 'Users of the copy still hold their permission sets and groups.',
    standard: true,
  },
  refreshKeepsOauthSettings: {
    about: 'The OAuth, External Client App and Connected App settings of the org are copied (else as in a new org).',
    standard: true,
  },
  refreshRenamesRunAsUsers: {
    about: 'Copied apps name the users they run as by the new usernames (else by those of the source org).',
    standard: true,
  },
  sourceTracking: {
    about:
      'A sandbox has source tracking, as a Developer or Developer Pro sandbox where the production org switched it on (else no SourceMember, as in every other org).',
    standard: true,
  },
} as const;
