import { ALL_KINDS, appControl, fail, pass } from '../define';
import { band } from '../severity';

export const control = appControl({
  id: 'SFCA-ECA-SESSION-LEVEL',
  title: 'The app requires a strong enough session',
  finding: 'A weak session is enough for the app',
  appliesTo: ['external-client-app'],
  kinds: ALL_KINDS,
  recommended: 'Require at least an ordinary login, and a high-assurance session for sensitive apps.',
  risk: 'Sessions weaker than an ordinary login get in, such as those from weaker login methods.',
  threat: 'A session obtained by a weak method is good enough to authorize the app.',
  cvss: band('medium', 'ours'),
  remedy: {
    code: 'remove the option requiredSessionLevel, or set SessionLevel.STANDARD or SessionLevel.HIGH_ASSURANCE',
    setup: 'Setup > External Client App Manager > (app) > Policies > OAuth Policies > Required Session Level',
  },
  source: 'Metadata API Developer Guide: ExtlClntAppOauthConfigurablePolicies, requiredSessionLevel',
  considerations: {
    risk: 'It matters where a login method of the org gives less than a standard session.',
    business:
      'Users with a lower session are refused or have to log in again with a stronger method, which unattended clients cannot do.',
  },
  exemptable: true,
  reads: ['requiredSessionLevel'],
  judge: ({ requiredSessionLevel: level = 'STANDARD' }) =>
    level === 'LOW'
      ? fail('A session weaker than an ordinary login is enough.')
      : pass(`The session level is ${level}.`),
});
