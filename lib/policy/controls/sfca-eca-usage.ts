import { ALL_KINDS, appControl, notEvaluated } from '../define';
import { band } from '../severity';

export const control = appControl({
  id: 'SFCA-ECA-USAGE',
  title: 'The use of the app is watched',
  finding: 'The use of the app is not watched',
  salesforceControl: 'External Client Apps: Configure OAuth Policies: Manage External Client App OAuth Usage',
  appliesTo: ['external-client-app'],
  kinds: ALL_KINDS,
  recommended: 'Review who uses the app, block it where nobody should, and revoke what is no longer needed.',
  risk: 'Access that was granted once stays, whether or not anybody still needs it.',
  threat: 'An app that was abandoned years ago still holds valid tokens, and its next owner uses them.',
  cvss: band('high', 'salesforce'),
  remedy: {
    code: 'nothing in code: this is done by people, regularly',
    setup: 'Setup > External Client Apps OAuth Usage',
  },
  source: 'Salesforce Help, Security Health Review: Configure OAuth Policies: Manage External Client App OAuth Usage',
  exemptable: true,
  reads: [],
  judge: () => notEvaluated('Metadata holds nothing about the use of an app; review it in Setup.'),
});
