import {
  Certificate,
  MachineApp,
  PermittedUsers,
  PrivateClientApp,
  type SalesforceOrg,
  Scope,
  Username,
} from '../../constructs';

/** What an org has for the plan to find; without anything, an org that lacks it all. */
export interface Surroundings {
  /** Content of org.json. */
  readonly org?: object;
  /** Elements of the OauthOidc settings. */
  readonly oauthOidc?: string;
  /** Elements of `networkAuthApiSettings` of a live site; undefined for an org without sites. */
  readonly site?: string;
}

/** Where a prerequisite is checked, and what says so. */
export type Check =
  /** A statement in test/types/illegal-states.ts or illegal-declarations.ts that the compiler refuses. */
  | { readonly at: 'types'; readonly refuses: string }
  | {
      readonly at: 'synth';
      readonly says: string;
      readonly declare: (org: SalesforceOrg) => unknown;
      readonly apiVersion?: number;
    }
  | {
      readonly at: 'plan';
      readonly says: string;
      readonly declare: (org: SalesforceOrg) => unknown;
      readonly in?: Surroundings;
      /** ISO date of the plan. Default: the day of the synth. */
      readonly today?: string;
    };

export interface Row {
  readonly flow: string;
  readonly prerequisite: string;
  readonly checks: readonly Check[];
}

export const CERTIFICATE = 'examples/quickstart/certs/billing-sync.crt';
export const justification = { reason: 'r', approvedBy: 'a@acme.example', expires: '2027-01-01' };
export const user = 'feed@acme.example';
export const holders = { permissionSets: [{ name: 'Access', holders: 1 }] };
export const machineUser = (more: object) => ({ org: { ...holders, users: [{ username: user, ...more }] } });

/** An app that users log in to, with something changed. */
export const portal = (more: object) => (org: SalesforceOrg) =>
  new PrivateClientApp(org, 'Portal', {
    label: 'Portal',
    callbackUrls: ['https://portal.acme.example/callback'],
    scopes: [Scope.API],
    permittedUsers: PermittedUsers.selfAuthorized(),
    ...more,
  });
export const headless = (more: object) => (org: SalesforceOrg) => {
  org.oauthSettings({ allowCodeAndCredentialsFlow: true });
  portal({ codeAndCredentials: {}, ...more })(org);
};
export const machine = (more: object) => (org: SalesforceOrg) =>
  new MachineApp(org, 'Feed', {
    label: 'Feed',
    scopes: [Scope.API],
    permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Access'] }),
    certificate: Certificate.fromFile(CERTIFICATE),
    ...more,
  });
export const clientCredentials = machine({
  certificate: undefined,
  clientCredentials: { runAs: Username.of(user), justification },
});

export const types = (refuses: string): Check => ({ at: 'types', refuses });
export const synth = (says: string, declare: (org: SalesforceOrg) => unknown, apiVersion?: number): Check => ({
  at: 'synth',
  says,
  declare,
  ...(apiVersion !== undefined && { apiVersion }),
});
export const plan = (
  says: string,
  declare: (org: SalesforceOrg) => unknown,
  around: Surroundings = {},
  today?: string,
): Check => ({
  at: 'plan',
  says,
  declare,
  in: around,
  ...(today !== undefined && { today }),
});
export const row = (flow: string, prerequisite: string, ...checks: readonly Check[]): Row => ({
  flow,
  prerequisite,
  checks,
});
