import { generateKeyPairSync, type KeyObject } from 'node:crypto';

import { type Emulator, startEmulator } from '../emulator';
import { EMULATOR_PASSWORD } from '../emulator/oauth/authorize';
import type { Manifest, ManifestApp } from '../metadata/manifest';
import { applyPlan } from '../operations/apply-plan';
import { planOrg } from '../operations/plan-org';
import { type Clock, SYSTEM_CLOCK } from '../org/clock';
import { connect } from '../org/connect';
import { NO_CONSENTS } from '../plan/plan';
import { declaredPosture } from '../policy/check-declared';
import type { Place } from '../proof/client';
import { asNew, exchangeOf, insiderOf, needsOf, OUTSIDER, strangerTo } from '../proof/needs';
import type { Consumer, Subject } from '../proof/subject';

/** An org in memory that has what the manifest declares, and nothing else. */
export interface ProofOrg {
  readonly subjects: readonly Subject[];
  readonly place: Place;
  /** Of an org without apps there is none. */
  readonly stranger: Subject | undefined;
  readonly emulator: Emulator;
}

let pair: { readonly privateKey: KeyObject; readonly publicKey: KeyObject } | undefined;
/** Signs in the place of the declared certificates; one for the process, as making one may take longer than a proof. */
const standInPair = (): NonNullable<typeof pair> => (pair ??= generateKeyPairSync('rsa', { modulusLength: 2048 }));

/** The org is in this very process: waiting between two questions would only take time. */
const AT_ONCE: Clock = { ...SYSTEM_CLOCK, sleep: (_, signal) => SYSTEM_CLOCK.sleep(2, signal) };

/**
 * Starts one and applies the manifest to it, as to any org.
 * @param deployed What the org is given in place of what is declared: clients of the one are then tried against the other.
 * @param allowlists Whether the org takes an allowlist of refresh tokens: whoever calls must then come from one of its addresses.
 * @throws ClientAppsError where the org refuses what is declared; the org is closed then.
 */
export async function startProofOrg(
  declared: Manifest,
  today: string,
  deployed: Manifest = declared,
  { allowlists = false }: { readonly allowlists?: boolean } = {},
): Promise<ProofOrg> {
  const manifest = asNew(deployed);
  const emulator = await startEmulator({
    org: needsOf(manifest),
    ...(declared.org.org_id !== undefined && { orgId: declared.org.org_id }),
    switches: { connectedAppCreation: true, securitySettingsDeployable: allowlists, deployMs: 0, unfinishedPolls: 0 },
  });
  try {
    const login = { kind: 'access-token', instanceUrl: emulator.url, accessToken: emulator.accessToken } as const;
    const org = await connect(login, { apiVersion: declared.org.api_version, clock: AT_ONCE });
    const give = async (all: Manifest): Promise<void> => {
      const asked = { org, manifest: all, today, consents: { ...NO_CONSENTS, fail_on: 'none' as const } };
      await applyPlan({ ...asked, plan: await planOrg(asked), approval: { reviewed: true } });
    };
    await give(manifest);
    const stranger = strangerTo(manifest);
    if (stranger) await give({ ...manifest, apps: [...manifest.apps, stranger.app] });
    const { privateKey: standIn, publicKey } = standInPair();
    const consumer = (app: string): Consumer => emulator.consumer(app) ?? { key: '', secret: '' };
    const subject = (app: ManifestApp, insider = insiderOf(app)): Subject => {
      emulator.standIn(app.api_name, publicKey);
      return {
        ...{ app, kind: app.kind, insider, outsider: OUTSIDER },
        fields: declaredPosture(app, declared.org.api_version).fields,
        consumer: consumer(app.api_name),
        exchange: exchangeOf(declared, app),
      };
    };
    return {
      emulator,
      stranger: stranger && subject(stranger.app, stranger.insider),
      place: {
        url: emulator.url,
        password: EMULATOR_PASSWORD,
        standIn,
        advance: (ms) => emulator.advance(ms),
        now: () => emulator.now(),
      },
      subjects: asNew(declared).apps.map((app) => subject(app)),
    };
  } catch (error) {
    await emulator.close();
    throw error;
  }
}
