import type { ContractOrg, Deployed } from './org';
import { type Component, component, filesOf, PROBE, probeApp } from './package';
import { is, open, type Probe, type Probes } from './probe';

const check = (org: ContractOrg, components: readonly Component[], version?: number): Promise<Deployed> =>
  org.deploy(filesOf(components, version), { checkOnly: true, ...(version !== undefined && { version }) });

/** Whether the org would take it, or would refuse it. */
const asks = (question: 'taken' | 'refused', components: readonly Component[], version?: number): Probe<boolean> => ({
  level: 'validate',
  ask: async (org) => is((await check(org, components, version)).succeeded === (question === 'taken')),
});

const WRONG_SCOPE = { oauth: { commaSeparatedOauthScopes: 'api' } };
/** As the platform names them. */
const platformNames = probeApp().map((one) => {
  const named: Readonly<Record<string, string>> = {
    ExtlClntAppOauthConfigurablePolicies: `${PROBE}_oauth_defaultPolicy`,
    ExtlClntAppConfigurablePolicies: `${PROBE}_defaultPolicy`,
  };
  return { ...one, name: named[one.type] ?? one.name };
});

/** Answered by deploys that are only checked: the org keeps nothing of them but the job. */
export const VALIDATE: Probes = {
  orgSettingsCountInSameDeploy: {
    level: 'validate',
    ask: async (org) => {
      if ((await org.retrieve('Settings', 'OauthOidc')).includes('<oAuthCdCrdtFlowEnable>true')) {
        return open('the org allows the Authorization Code and Credentials Flow already');
      }
      const settings = component('OauthOidcSettings', 'OauthOidc', { oAuthCdCrdtFlowEnable: 'true' });
      return is((await check(org, [settings, ...probeApp({ global: { isCodeCredFlowEnabled: 'true' } })])).succeeded);
    },
  },
  permissionSetsCountInSameDeploy: asks('taken', [
    component('PermissionSet', PROBE, { label: PROBE }),
    ...probeApp({ policy: { commaSeparatedPermissionSet: PROBE } }),
  ]),
  connectedAppCreation: asks('taken', [
    component('ConnectedApp', PROBE, { contactEmail: 'nobody@contract.example', label: PROBE }),
  ]),
  twinNamesDeployable: {
    level: 'validate',
    ask: async (org) => {
      const apps = await org.soap(
        'listMetadata',
        '<queries><type>ConnectedApp</type></queries><asOfVersion>66.0</asOfVersion>',
      );
      const [, name] = /<fullName>(?!\w+__)(\w+)<\/fullName>/.exec(apps.text) ?? [];
      if (name === undefined) return open('the org has no Connected App of its own to share a name with');
      return is((await check(org, probeApp({}, name))).succeeded);
    },
  },
  headerFieldsRequired: asks('refused', [component('ExternalClientApplication', PROBE, {})]),
  namesOver30Refused: asks('refused', probeApp({}, `Zz_Contract_${'A'.repeat(20)}`)),
  foreignLinksRefused: asks('refused', probeApp({ oauth: { oauthLink: '00D000000000001:888000000000001' } })),
  suppliedConsumerKeyAccepted: asks('taken', probeApp({ global: { consumerKey: 'zzcontract1' } })),
  securitySettingsDeployable: asks(
    'taken',
    [
      ...probeApp(),
      component('ExtlClntAppOauthSecuritySettings', `${PROBE}_oauthSecurity`, {
        externalClientApplication: PROBE,
        tokenIpRanges: '<endIpAddress>192.0.2.9</endIpAddress><startIpAddress>192.0.2.1</startIpAddress>',
      }),
    ],
    67,
  ),
  setupReferencesChecked: asks('refused', probeApp({ policy: { apexHandler: 'Zz_Contract_NoSuchClass' } })),
  firstDeployNamesPolicies: asks('taken', probeApp()),
  firstDeployWritesNamedPolicies: asks('taken', platformNames),
  forcedFlagsWarn: {
    level: 'validate',
    ask: async (org) => is((await check(org, probeApp({ global: { isPkceRequired: 'false' } }))).warnings.length > 0),
  },
  rollbackListsSuccesses: {
    level: 'validate',
    ask: async (org) => {
      const { succeeded, successes } = await check(org, probeApp(WRONG_SCOPE));
      return succeeded
        ? open('the org took a scope that does not exist')
        : is(successes.some((one) => one === `${PROBE}_plcy`));
    },
  },
  restResultHasId: { level: 'validate', ask: async (org) => is((await check(org, probeApp())).repeatsId) },
  finalizingStatus: {
    level: 'validate',
    ask: async (org) => {
      const { statuses } = await check(org, probeApp());
      return is((['Finalizing', 'FinalizingDeploy'] as const).find((one) => statuses.includes(one)) ?? 'none');
    },
  },
};
