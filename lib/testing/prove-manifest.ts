import type { Manifest, ManifestApp } from '../metadata/manifest';
import { declaredExceptions, indexExceptions } from '../policy/exceptions';
import { lateFields } from '../proof/needs';
import { notProved, prove } from '../proof/prove';
import type { AppProof } from '../proof/report';
import { startProofOrg } from './proof-org';

export interface ProofOptions {
  /** API name of the app to try. @default - every app of the manifest */
  readonly app?: string | undefined;
  /** What the org is given in place of what is declared. @default - what is declared */
  readonly deployed?: Manifest;
  /** Results tell what went over the wire, too. @default false */
  readonly wire?: boolean | undefined;
}

/**
 * Tries the apps of a manifest on an org of their own, which ends with the proof.
 * @param today `YYYY-MM-DD`; exceptions count until their day.
 */
export async function proveManifest(
  manifest: Manifest,
  today: string,
  { app, deployed = manifest, wire }: ProofOptions = {},
): Promise<readonly AppProof[]> {
  const org = await startProofOrg(manifest, today, deployed, { allowlists: true });
  try {
    const { byApp: exceptions } = indexExceptions(manifest.apps.flatMap(declaredExceptions), today);
    const isMeant = ({ api_name: name }: ManifestApp): boolean => app === undefined || app === name;
    const subjects = org.subjects.filter((subject) => isMeant(subject.app));
    const left = manifest.apps.filter((each) => isMeant(each) && lateFields(each).length > 0);
    return [...(await prove({ ...org, subjects, exceptions, wire })), ...left.map(notProved)];
  } finally {
    await org.emulator.close();
  }
}
