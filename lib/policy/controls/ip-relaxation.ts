import { ALL_KINDS, fail, lowers, pass, raises, theme, twins } from '../define';
import { known } from '../reading';

const MEANINGS: Readonly<Record<string, string>> = {
  Enforce_RelaxRefresh: 'The login IP ranges apply only at the first login, not when a token is refreshed.',
  Bypass_2factor: 'Users who confirm their identity bypass the login IP ranges.',
  Bypass: 'The login IP ranges do not apply to this app.',
};

/** Whether the login IP ranges of profiles hold for the app. */
const ipRelaxation = theme({
  kinds: ALL_KINDS,
  reads: ['ipRelaxation'],
  risk: 'The app becomes a way to bypass the addresses that profiles allow.',
  threat:
    'A stolen token is used from a network on the other side of the world, and the restriction that should stop it does not apply.',
  conditions: [
    raises('the ranges do not apply at all', ({ app }) =>
      known(app.fields.ipRelaxation, (policy) => policy === 'Bypass'),
    ),
    lowers('they still apply at the first login', ({ app }) =>
      known(app.fields.ipRelaxation, (policy) => policy === 'Enforce_RelaxRefresh'),
    ),
    lowers('a second factor is required', ({ app }) =>
      known(app.fields.requiredSessionLevel, (level) => level === 'HIGH_ASSURANCE'),
    ),
  ],
  considerations: {
    risk: 'It is worst for apps with refresh tokens whose users have login IP ranges: the ranges look as if they were enforced. Where no profile has ranges, nothing is restricted either way.',
    business:
      'Users who work outside their ranges, such as people who travel, cannot use the app until their ranges are widened.',
  },
  judge: ({ ipRelaxation: policy = 'Enforce' }) =>
    policy === 'Enforce'
      ? pass(
          'Where profiles or the org restrict login IP ranges, the ranges apply to this app; where none do, this setting restricts nothing.',
        )
      : fail(MEANINGS[policy] ?? `The IP relaxation ${policy} is not known to be safe.`),
});

export const controls = twins(
  ipRelaxation,
  {
    title: 'Login IP ranges apply to the app',
    finding: 'Login IP ranges do not apply to the app',
    recommended: 'Enforce the login IP ranges of profiles.',
    exemptable: true,
  },
  {
    'external-client-app': {
      id: 'SFCA-ECA-IP-RELAXATION',
      cvss: { from: 6, to: 8.5, by: 'ours' },
      remedy: {
        code: 'remove the option ipRelaxation: IpRelaxation.ENFORCE is the default',
        setup:
          'Setup > External Client App Manager > (app) > Policies > OAuth Policies > IP Relaxation: Enforce IP restrictions',
      },
      source:
        'Salesforce Help: Connected App IP Relaxation and Continuous IP Enforcement; the control is published for Connected Apps only, its range is taken from there',
    },
    'connected-app': {
      id: 'SFCA-CA-IP-RELAXATION',
      salesforceControl: 'Manage OAuth Access Policies for Connected Apps – IP Relaxation',
      cvss: { from: 6, to: 8.5, by: 'salesforce' },
      remedy: {
        code: 'declare the app (platform: Platform.CONNECTED_APP): IpRelaxation.ENFORCE is the default',
        setup: 'Setup > Manage Connected Apps > (app) > Edit Policies > IP Relaxation: Enforce IP restrictions',
      },
      source:
        'Salesforce Help, Security Health Review: Manage OAuth Access Policies for a Connected App: IP Relaxation',
    },
  },
);
