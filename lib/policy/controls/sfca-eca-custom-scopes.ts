import { ALL_KINDS, appControl, notApplicable, notEvaluated } from '../define';
import { band } from '../severity';

export const control = appControl({
  id: 'SFCA-ECA-CUSTOM-SCOPES',
  title: 'Custom scopes are narrow',
  finding: 'Custom scopes are broad',
  salesforceControl: 'External Client Apps: Configure OAuth Policies: Configure Custom Scopes for External Client Apps',
  appliesTo: ['external-client-app'],
  kinds: ALL_KINDS,
  recommended: 'Protect your own APIs with custom scopes, each for one purpose, and grant an app only those it needs.',
  risk: 'A custom scope that stands for everything gives its holder everything behind your own APIs.',
  threat: 'A token with an all-purpose scope is stolen from one app and used against the service of another one.',
  cvss: band('high', 'salesforce'),
  remedy: {
    code: 'list in customScopes only what the client needs',
    setup: 'Setup > OAuth Custom Scopes; Setup > External Client App Manager > (app) > Policies > Custom Scopes',
  },
  source:
    'Salesforce Help, Security Health Review: Configure OAuth Policies: Configure Custom Scopes for External Client Apps',
  exemptable: true,
  reads: ['customScopes'],
  judge: ({ customScopes }) =>
    customScopes === undefined
      ? notApplicable('The app lists no custom scope.')
      : notEvaluated(`What the custom scopes ${customScopes.join(', ')} stand for is known to your own services only.`),
});
