import { appOf, type Components, startOrg, stopOrgs, without } from './support';

afterEach(stopOrgs);

const OAUTH = ['ExtlClntAppOauthSettings', 'ExtlClntAppOauthConfigurablePolicies'] as const;
const second = (type: string): Components => [[type, 'Second', { externalClientApplication: 'Portal' }]];

/** Texts that people have quoted from Salesforce, each with a package that brings it about; deployed after the app Taken. */
const TEXTS: Readonly<Record<string, Components>> = {
  "The external client app configured in your global OAuth Settings doesn't have a valid OAuth settings configuration.":
    without(appOf('Portal'), ...OAUTH),
  "There's a problem with your scope(s): refresh_token": appOf('Portal', {
    oauth: { commaSeparatedOauthScopes: 'refresh_token' },
  }),
  INVALID_CROSS_REFERENCE_KEY: second('ExtlClntAppOauthSettings'),
  'Enter a valid execution user for the OAuth client credentials flow.': appOf('Portal', {
    global: { isClientCredentialsFlowEnabled: true },
    policy: { isClientCredentialsFlowEnabled: true, clientCredentialsFlowUser: 'nobody@acme.example' },
  }),
  'DUPLICATE_VALUE: ExtlClntAppOauthSettingsId duplicates value on Portal_oauthPlcy': [
    ...appOf('Portal'),
    ...second('ExtlClntAppOauthConfigurablePolicies'),
  ],
  "INVALID_FIELD: We couldn't find permission sets called 0PS000000000001": appOf('Portal', {
    policy: { commaSeparatedPermissionSet: '0PS000000000001' },
  }),
  "'AdminApproved' is not a valid value for the enum 'PermittedUsersPolicyType'": appOf('Portal', {
    policy: { permittedUsersPolicyType: 'AdminApproved' },
  }),
  'Invalid plugin settings': appOf('Portal', { policy: { namedUserJwtTimeout: 5 } }),
  "doesn't have distribution state PACKAGED": appOf('Portal', {
    oauth: { oauthLink: '00D000000000001:888000000000001' },
  }),
  'The consumer key is already taken.': appOf('Portal', { global: { consumerKey: 'takenkey1234' } }),
  INSUFFICIENT_ACCESS_OR_READONLY: [['ConnectedApp', 'Old', { contactEmail: 'a@acme.example', label: 'Old' }]],
};

it.each(Object.entries(TEXTS))('a deploy is refused with: %s', async (text, components) => {
  const org = await startOrg();
  const taken = await org.deploy(appOf('Taken', { global: { consumerKey: 'takenkey1234' } }));
  expect(taken.problems).toEqual([]);
  const { success, problems } = await org.deploy(components);
  expect(success).toBe(false);
  expect(problems.join('\n')).toContain(text);
});
