import type { Manifest } from '../lib/metadata/manifest';
import type { Diagnostic } from '../lib/values/diagnostic';
import { orgsOf, programDiagnostics, requireValidProgram } from './engines/program';
import type { IConstruct } from './tree';

export type { Manifest, ManifestApp, ManifestComponent, ManifestException } from '../lib/metadata/manifest';
export type { AppProof, ProofOutcome, ProofResult } from '../lib/proof/report';
export type { TestClient, TestOrg } from '../lib/testing/test-org';
export { TODAY_CONTEXT } from './org';
export { attack } from './testing/attack';
export type { ExpectedClientApp } from './testing/declares';
export type { MatcherResult } from './testing/match';
export { type ClientAppMatchers, clientAppMatchers } from './testing/matchers';
export type { PassControlOptions } from './testing/passes-control';
export { startOrg } from './testing/start-org';
export type { TestSubject } from './testing/subject';

/**
 * The manifests that synth would write for the program, in the order of declaration. Writes nothing.
 * @throws ClientAppsError with every problem of the program, as synth does.
 */
export function synthManifests(app: IConstruct): readonly Manifest[] {
  requireValidProgram(app);
  return orgsOf(app).flatMap((org) => org.synthesis().manifest ?? []);
}

/** Everything that synth would report about the program. Empty where it is valid. */
export function diagnosticsOf(app: IConstruct): readonly Diagnostic[] {
  return programDiagnostics(app);
}
