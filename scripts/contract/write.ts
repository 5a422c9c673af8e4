import { generate } from 'selfsigned';

import type { ContractOrg, Deployed } from './org';
import { type Component, component, deletionOf, filesOf, LABEL, PROBE, probeApp, withoutPolicy } from './package';
import { type Answer, is, open, type Probe, type Probes } from './probe';

const HEADER = 'ExternalClientApplication';
const GLOBAL = 'ExtlClntAppGlobalOauthSettings';
const GENERAL = 'ExtlClntAppConfigurablePolicies';
const POLICY = 'ExtlClntAppOauthConfigurablePolicies';

const write = (org: ContractOrg, components: readonly Component[]): Promise<Deployed> =>
  org.deploy(filesOf(components), { checkOnly: false });

/** Asks of an org that has a throw-away app, which is gone afterwards whatever came of it. */
function withApp<T>(
  app: readonly Component[] | (() => Promise<readonly Component[]>),
  ask: (org: ContractOrg) => Promise<Answer<T>>,
): Probe<T> {
  return {
    level: 'write',
    ask: async (org) => {
      const failed = (error: unknown): Answer<T> => open(`the probe failed: ${String(error)}`);
      // Where the answer to the deploy is lost, the app may be there all the same.
      const made = await write(org, typeof app === 'function' ? await app() : app).catch(failed);
      if ('failures' in made && !made.succeeded) {
        return open(`the org refused the app of the probe: ${made.failures.join('; ')}`);
      }
      const answer = 'failures' in made ? await ask(org).catch(failed) : made;
      return { ...answer, ...(await removeProbe(org).catch(() => PERHAPS_LEFT)) };
    },
  };
}

const LEFT = { left: `the app ${PROBE}: delete it in Setup` };
const PERHAPS_LEFT = { left: `perhaps the app ${PROBE}: look in Setup` };

/** A deletion that is refused while there are satellites takes those first. */
async function removeProbe(org: ContractOrg): Promise<Pick<Answer, 'left'>> {
  const parts = [
    [POLICY, `${PROBE}_oauthPlcy`],
    [GENERAL, `${PROBE}_plcy`],
    ['ExtlClntAppOauthSettings', `${PROBE}_oauth`],
    [GLOBAL, `${PROBE}_glbloauth`],
  ] as const;
  const gone = async (): Promise<boolean> => (await remove(org, HEADER, PROBE)).succeeded;
  if (await gone()) return {};
  for (const [type, name] of parts) await remove(org, type, name);
  return (await gone()) ? {} : LEFT;
}

const remove = (org: ContractOrg, type: string, name: string): Promise<Deployed> =>
  org.deploy(deletionOf(type, name), { checkOnly: false });

/** Whether what comes back of the app has that in it. */
const comesBack = (app: Parameters<typeof probeApp>[0], type: string, part: string | RegExp): Probe<boolean> =>
  withApp(probeApp(app), async (org) => is(new RegExp(part).test(await org.retrieve(type, '*', 67))));

async function certified(): Promise<readonly Component[]> {
  const { cert } = await generate([{ name: 'commonName', value: 'contract probe' }], { keySize: 2048 });
  return probeApp({ global: { certificate: cert } });
}

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
