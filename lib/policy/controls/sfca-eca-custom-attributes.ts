import { ALL_KINDS, appControl, fail, notApplicable, pass } from '../define';
import { band } from '../severity';

/** A session id inside a token is a login inside a token. */
const SESSION = /session_?id/i;

export const control = appControl({
  id: 'SFCA-ECA-CUSTOM-ATTRIBUTES',
  title: 'Custom attributes carry no session',
  finding: 'A custom attribute carries a session',
  appliesTo: ['external-client-app'],
  kinds: ALL_KINDS,
  recommended: 'Give the client only attributes it needs, and never a session id.',
  risk: 'Attributes are sent to the client in every identity response and end up in its logs.',
  threat: "A session id in an attribute is read from the client's log and used to act as the user.",
  cvss: band('high', 'ours'),
  remedy: {
    code: 'remove the entry from customAttributes',
    setup: 'Setup > External Client App Manager > (app) > Settings > OAuth Settings > Custom Attributes',
  },
  source:
    'Salesforce Help, Security Health Review: Review External Client Apps (custom attributes; no range published)',
  considerations: {
    risk: 'A session id in an attribute gives its holder the whole session, not only the scopes of the app.',
    business: 'Clients that read the attribute no longer get it; they have to use their access token instead.',
  },
  exemptable: true,
  reads: ['customAttributes'],
  judge: ({ customAttributes = [] }) => {
    if (customAttributes.length === 0) return notApplicable('The app has no custom attributes.');
    const guilty = customAttributes.filter(({ formula }) => SESSION.test(formula)).map(({ key }) => key);
    return guilty.length > 0
      ? fail(`The custom attribute ${guilty.join(', ')} carries a session id.`, { offenders: guilty })
      : pass(`No custom attribute carries a session id; there are ${customAttributes.length}.`);
  },
});
