import type { AppProof } from '../../lib/proof/report';
import { todayInUtc } from '../today';
import { LOAD } from './load';
import { appAsked, type AskedOrg, type TestSubject } from './subject';

/**
 * Applies the program to an org in memory, and tries on the app every attack that it must refuse and every use that it must
 * grant, over HTTP, as `client-apps prove` does. Reaches no Salesforce org. Takes about a second.
 * @param subject The construct of the app; or the org, its manifest or the program, and the app's API name.
 * @returns Every case with its outcome; `violated` is what must not be. What could not be tried is in `not_evaluated`.
 * @throws ClientAppsError with every problem of the program, where there is no such app, and where the org refuses what is
 * declared.
 */
export const attack = async (subject: TestSubject, apiName?: string): Promise<AppProof> =>
  attacked(appAsked(subject, apiName, todayInUtc));

async function attacked({ manifest, today, app: { api_name: app } }: ReturnType<typeof appAsked>): Promise<AppProof> {
  const [proof] = await LOAD.proveManifest()(manifest, today, { app });
  if (proof === undefined) throw new Error(`${app} was not tried`);
  return proof;
}

const PROOFS = new WeakMap<AskedOrg['manifest'], Map<string, Promise<AppProof>>>();

/** The same, tried once for each manifest and app. */
export async function proofOf(subject: TestSubject): Promise<AppProof> {
  const asked = appAsked(subject, undefined, todayInUtc);
  const known: Map<string, Promise<AppProof>> = PROOFS.get(asked.manifest) ?? new Map<string, Promise<AppProof>>();
  PROOFS.set(asked.manifest, known);
  const proof = known.get(asked.app.api_name) ?? attacked(asked);
  known.set(asked.app.api_name, proof);
  return proof;
}
