import { fail, lowers, orgControl, pass, raises, unknowable } from '../define';
import { known } from '../reading';

export const control = orgControl({
  id: 'SFCA-ORG-OAUTH-FLOWS',
  title: 'Weak OAuth flows are blocked',
  finding: 'Weak OAuth flows are open',
  salesforceControl: 'OAuth and OpenID Connect Settings',
  recommended: 'Block the username-password flow and the user-agent flow, and require PKCE for every app.',
  risk: 'One app that still uses a weak flow is a way to bypass multi-factor authentication for the whole org.',
  threat: 'A password from an old leak is posted to the token endpoint, and no second factor is required.',
  cvss: { from: 7, to: 10, by: 'salesforce' },
  conditions: [
    raises('the username-password flow is open', ({ org }) =>
      known(org.fields.blocksUsernamePasswordFlow, (blocked) => blocked !== true),
    ),
    lowers('both weak flows are blocked, and only PKCE is left for the apps to decide', ({ org }) => {
      const { blocksUsernamePasswordFlow, blocksUserAgentFlow } = org.fields;
      const states = [blocksUsernamePasswordFlow, blocksUserAgentFlow].map((each) =>
        known(each, (value) => value === true),
      );
      return states.includes(false) ? false : states.includes(undefined) ? undefined : true;
    }),
    lowers('integration users have few permissions and tokens are refreshed often', unknowable),
  ],
  remedy: {
    code: 'declare oauthSettings({ blockUsernamePasswordFlow: true, blockUserAgentFlow: true, requirePkce: true })',
    setup: 'Setup > OAuth and OpenID Connect Settings; check Login History first: blocking takes effect immediately',
  },
  source: 'Salesforce Help, Security Health Review: OAuth and OpenID Connect Settings Control',
  considerations: {
    risk: 'The username-password flow requires no second factor, so a leaked password is enough. Requiring PKCE for the org protects apps that no one has reviewed yet.',
    business:
      'Every client that uses one of the flows, or sends no code_challenge, stops immediately, including those of vendors: check Login History first.',
  },
  exemptable: true,
  reads: ['blocksUsernamePasswordFlow', 'blocksUserAgentFlow', 'pkceRequired'],
  judge: ({ blocksUsernamePasswordFlow, blocksUserAgentFlow, pkceRequired }) => {
    const open = [
      ...(blocksUsernamePasswordFlow === true ? [] : ['the username-password flow is open']),
      ...(blocksUserAgentFlow === true ? [] : ['the user-agent flow is open']),
      ...(pkceRequired === true ? [] : ['PKCE is not required for every app']),
    ];
    return open.length === 0
      ? pass('Weak flows are blocked and PKCE is required for every app.')
      : fail(`In this org ${open.join(', ')}.`, { offenders: open });
  },
});
