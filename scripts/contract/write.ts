import { generate } from 'selfsigned';

import { type Component, component, filesOf, LABEL, PROBE, probeApp, withoutPolicy } from './package';
import { is, open, type Probe, type Probes } from './probe';
import { GENERAL, GLOBAL, HEADER, POLICY, remove, removeProbe, withApp, write } from './throw-away';

/** Whether what comes back of the app has that in it. */
const comesBack = (app: Parameters<typeof probeApp>[0], type: string, part: string | RegExp): Probe<boolean> =>
  withApp(probeApp(app), async (org) => is(new RegExp(part).test(await org.retrieve(type, '*', 67))));

async function certified(): Promise<readonly Component[]> {
  const { cert } = await generate([{ name: 'commonName', value: 'contract probe' }], { keySize: 2048 });
  return probeApp({ global: { certificate: cert } });
}

/** What may name an app and makes no one do anything. */
const REFERENCE = 'CustomPermission';
/** Not the name of the app, which other probes look for in the setup audit trail. */
const NAMING = 'Zz_Contract_Permission';

/** Answered by writing a throw-away app and looking at what becomes of it. */
export const WRITE: Probes = {
  certificateReadable: withApp(certified, async (org) =>
    is((await org.retrieve(GLOBAL, `${PROBE}_glbloauth`)).includes('<certificate>')),
  ),
  foldScopesOfExternalClientApps: comesBack(
    { oauth: { commaSeparatedOauthScopes: 'Email, OfflineAccess' } },
    'ExtlClntAppOauthSettings',
    '<commaSeparatedOauthScopes>Basic, RefreshToken<',
  ),
  crlfInCallbackUrls: comesBack(
    { global: { callbackUrl: 'https://contract.example/a\nhttps://contract.example/b' } },
    GLOBAL,
    /https:\/\/contract\.example\/a(&#xD;|\r)/,
  ),
  omittedBooleansReset: withApp(probeApp({ global: { isDeviceFlowEnabled: 'true' } }), async (org) => {
    const { succeeded } = await write(org, probeApp());
    if (!succeeded) return open('the org refused the same app without the field');
    return is(!(await org.retrieve(GLOBAL, `${PROBE}_glbloauth`)).includes('<isDeviceFlowEnabled>true'));
  }),
  secureFlagsForced: comesBack({ global: { isPkceRequired: 'false' } }, GLOBAL, '<isPkceRequired>true'),
  automaticPolicyIdle30: withApp(withoutPolicy(probeApp()), async (org) => {
    const policy = await org.retrieve(POLICY, `${PROBE}_oauth_defaultPolicy`);
    const [, days] = /<refreshTokenValidityPeriod>(\d+)/.exec(policy) ?? [];
    return days === '30' || days === '365'
      ? is(days === '30')
      : open(`the policy of the platform says ${days ?? 'nothing'}`);
  }),
  automaticPoliciesListed: withApp(withoutPolicy(probeApp()), async (org) => {
    const asked = `<queries><type>${POLICY}</type></queries><asOfVersion>66.0</asOfVersion>`;
    return is((await org.soap('listMetadata', asked)).text.includes(`${PROBE}_oauth_defaultPolicy`));
  }),
  automaticPoliciesRetrieved: withApp(withoutPolicy(probeApp()), async (org) =>
    is((await org.retrieve(POLICY)).includes(PROBE)),
  ),
  changedConsumerKeyRefused: withApp(probeApp(), async (org) =>
    is(!(await write(org, probeApp({ global: { consumerKey: 'zzcontract1' } }))).succeeded),
  ),
  policiesDeletable: withApp(probeApp(), async (org) => is((await remove(org, GENERAL, `${PROBE}_plcy`)).succeeded)),
  deleteCascades: withApp(probeApp(), async (org) => is((await remove(org, HEADER, PROBE)).succeeded)),
  referencedAppsDeletable: withApp(probeApp(), async (org) => {
    const names = component(REFERENCE, NAMING, {
      ...{ externalClientApplication: PROBE, isLicensed: 'false', label: 'Throw-away permission of a contract' },
    });
    if (!(await write(org, [names])).succeeded) return open('the org refused a custom permission that names the app');
    const { succeeded } = await remove(org, HEADER, PROBE);
    const gone = (await remove(org, REFERENCE, NAMING)).succeeded;
    return { ...is(succeeded), ...(!gone && { left: `the custom permission ${NAMING}: delete it in Setup` }) };
  }),
  renameAllowed: withApp(probeApp(), async (org) => {
    const names = `<type>${GENERAL}</type><oldFullName>${PROBE}_plcy</oldFullName><newFullName>${PROBE}_new</newFullName>`;
    return is((await org.soap('renameMetadata', names)).text.includes('<success>true</success>'));
  }),
  rollbackOnErrorDefault: {
    level: 'write',
    ask: async (org) => {
      // The header may stand alone; beside it stands what cannot be deployed.
      const broken = component('ExtlClntAppOauthSettings', `${PROBE}_none`, {
        externalClientApplication: 'Zz_No_Such_App',
      });
      const [header] = probeApp();
      const package_ = filesOf([...(header ? [header] : []), broken]);
      await org.deploy(package_, { checkOnly: false, rollbackOnError: 'left-out' });
      const kept = (await org.retrieve(HEADER)).includes(`<label>${LABEL}</label>`);
      return { ...is(!kept), ...(kept && (await removeProbe(org))) };
    },
  },
  auditTrailNamesApps: withApp(probeApp(), async (org) => {
    const rows = (await org.rows('SELECT Display FROM SetupAuditTrail ORDER BY CreatedDate DESC LIMIT 200')) ?? [];
    const said = rows.map((row) => String(row['Display'])).join('\n');
    if (said.includes(PROBE)) return is('name');
    return is(said.includes(LABEL) ? 'label' : 'nothing');
  }),
};
