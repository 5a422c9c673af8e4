import { fail, orgControl, pass, raises, unknowable } from '../define';
import { known } from '../reading';
import { band } from '../severity';

export const control = orgControl({
  id: 'SFCA-ORG-ANY-API-CLIENT',
  title: 'No profile or permission set grants Use Any API Client',
  finding: 'Users can use any API client',
  salesforceControl: 'Use Any API Client: Restriction',
  recommended: 'Remove Use Any API Client from every profile and permission set.',
  risk: 'Its holders bypass API Access Control and the list of users that an admin approved for a Connected App.',
  threat:
    'Someone takes over the account of a holder and copies the data with a client that the org blocks for everyone else.',
  cvss: band('high', 'salesforce'),
  conditions: [
    raises('API Access Control is on, so the permission is the way to bypass it', ({ org }) =>
      known(org.fields.adminApprovedAppsOnly, (on) => on === true),
    ),
    raises('a holder is an administrator or can see all data', unknowable),
  ],
  remedy: {
    code: 'none: permission sets and profiles are not declared here',
    setup: 'Setup > Permission Sets or Profiles > (each that is named) > System Permissions > Use Any API Client: off',
  },
  considerations: {
    risk: 'Since 8 December 2025 the permission no longer lets its holders authorize apps that are not installed; it still bypasses API Access Control.',
    business:
      'Clients that the holders use without an approved Connected App stop: tools of administrators and old integrations first.',
    guidance:
      'Check Login History for the applications that the holders use, install and approve the Connected Apps that are needed, then remove the permission.',
  },
  source: 'Salesforce Help, Security Health Review: Use Any API Client – Restriction; Salesforce Help 005228838',
  exemptable: true,
  reads: ['anyApiClientHolders'],
  judge: ({ anyApiClientHolders: holders = [] }) =>
    holders.length === 0
      ? pass('No visible profile or permission set grants Use Any API Client.')
      : fail(`Use Any API Client is granted by ${holders.join(', ')}.`),
});
