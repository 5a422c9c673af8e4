import { notEvaluated, orgControl } from '../define';
import { band } from '../severity';

export const control = orgControl({
  id: 'SFCA-ORG-CONNECTED-APP-CREATION',
  title: 'No new Connected Apps',
  finding: 'New Connected Apps can be created',
  salesforceControl: 'Connected Apps: Manage Connected Apps: Allow creation of connected apps - Off',
  recommended: 'Keep the creation of Connected Apps off.',
  risk: 'Apps of the old kind start with weaker settings, and nobody has to ask before making one.',
  threat: 'Somebody with Customize Application makes an app for themselves and keeps a way in.',
  cvss: band('high', 'salesforce'),
  remedy: {
    code: 'nothing in code: no metadata field holds the switch',
    setup: 'Setup > External Client App Settings > Allow creation of connected apps: off',
  },
  source: 'Salesforce Help, Security Health Review: Manage Connected Apps: Allow Creation of Connected Apps - Off',
  exemptable: true,
  reads: [],
  judge: () => notEvaluated('No metadata field holds this switch; look at it in Setup.'),
});
