import type { ContractOrg, Deployed } from './org';
import { type Component, deletionOf, filesOf, PROBE } from './package';
import { type Answer, open, type Probe } from './probe';

export const HEADER = 'ExternalClientApplication';
export const GLOBAL = 'ExtlClntAppGlobalOauthSettings';
export const GENERAL = 'ExtlClntAppConfigurablePolicies';
export const POLICY = 'ExtlClntAppOauthConfigurablePolicies';

export const write = (org: ContractOrg, components: readonly Component[]): Promise<Deployed> =>
  org.deploy(filesOf(components), { checkOnly: false });

/** Asks of an org that has a throw-away app, which is gone afterward whatever came of it. */
export function withApp<T>(
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
export async function removeProbe(org: ContractOrg): Promise<Pick<Answer, 'left'>> {
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

export const remove = (org: ContractOrg, type: string, name: string): Promise<Deployed> =>
  org.deploy(deletionOf(type, name), { checkOnly: false });
