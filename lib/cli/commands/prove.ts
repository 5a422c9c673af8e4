import { resolve } from 'node:path';

import type { Manifest } from '../../metadata/manifest';
import { type OrgProof, PROOF_FORMAT_VERSION } from '../../proof/report';
import { proofJunit } from '../../reports/proof/junit';
import { proofMarkdown } from '../../reports/proof/markdown';
import { proofText } from '../../reports/proof/text';
import { proveManifest } from '../../testing/prove-manifest';
import { jsonText } from '../../values/ci-commands';
import { diagnose } from '../../values/diagnose';
import { unknownApp } from '../consents';
import { EXIT, type ExitCode } from '../exit-code';
import { invalidInput, writeText } from '../files';
import type { ProveFlags } from '../flags';
import type { Io } from '../io';
import { loadManifests } from '../manifests';
import { renderOptions } from '../style';
import { proveClient } from './prove-client';

/**
 * Applies the program to an org in memory, and tries every attack that it must refuse and every use that it must grant.
 * Talks to no other org.
 */
export async function prove(
  io: Io,
  { app, client: [program, ...args] }: { readonly app: string | undefined; readonly client: readonly string[] },
  flags: ProveFlags,
): Promise<ExitCode> {
  const all = loadManifests(io, flags);
  const manifests = chosen(all, app);
  if (app !== undefined && program !== undefined) {
    return proveClient(io, { manifests, all, app, command: [program, ...args] }, flags);
  }
  const [unused] = (['asIn', 'timeout', 'loginPages'] as const).filter((name) => flags[name] !== undefined);
  if (unused !== undefined) {
    const reason = 'it applies to a client, but no client command was given: client-apps prove APP -- COMMAND';
    throw invalidInput(
      diagnose(
        'prove-option-wrong',
        { path: unused === 'asIn' ? '--as-in' : unused === 'timeout' ? '--timeout' : '--login-pages' },
        { reason },
      ),
    );
  }
  const orgs: OrgProof[] = [];
  for (const manifest of manifests) {
    orgs.push({ org: manifest.org.name, apps: await proveManifest(manifest, io.today(), { app, wire: flags.wire }) });
  }
  const text = render(io, flags, orgs);
  if (flags.out === undefined) io.stdout.write(text);
  else writeText(resolve(io.cwd, flags.out), text);
  const results = orgs.flatMap(({ apps }) => apps.flatMap((proof) => proof.results));
  return results.some(({ outcome }) => outcome === 'violated') ? EXIT.findings : EXIT.ok;
}

/** The orgs whose program declares the app; all of them where none is named. */
function chosen(manifests: readonly Manifest[], app: string | undefined): readonly Manifest[] {
  if (app === undefined) return manifests;
  const found = manifests.filter(({ apps }) => apps.some(({ api_name: name }) => name === app));
  if (found.length > 0) return found;
  throw invalidInput(unknownApp('prove', app, manifests));
}

function render(io: Io, { format, out, verbose = false }: ProveFlags, orgs: readonly OrgProof[]): string {
  switch (format) {
    case 'json':
      return jsonText({ format_version: PROOF_FORMAT_VERSION, orgs });
    case 'junit':
      return proofJunit(orgs);
    case 'markdown':
      return proofMarkdown(orgs);
    default:
      return proofText(orgs, out === undefined ? renderOptions(io.stdout, io.environment) : {}, { verbose });
  }
}
