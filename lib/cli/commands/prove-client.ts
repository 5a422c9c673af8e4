import { resolve } from 'node:path';

import type { Manifest, ManifestApp } from '../../metadata/manifest';
import { declaredPosture } from '../../policy/check-declared';
import { insideOf } from '../../proof/allowlist';
import { compared, withToday } from '../../proof/clients/compare';
import { play } from '../../proof/clients/play';
import type { ClientProof, ClientRun } from '../../proof/clients/report';
import { lateFields } from '../../proof/needs';
import { PROOF_FORMAT_VERSION } from '../../proof/report';
import { clientJunit } from '../../reports/proof/client-junit';
import { clientMarkdown } from '../../reports/proof/client-markdown';
import { clientText } from '../../reports/proof/client-text';
import { startProofOrg } from '../../testing/proof-org';
import { jsonText } from '../../values/ci-commands';
import { diagnose } from '../../values/diagnose';
import { type ClientCommand, type ClientRunOptions, openStage } from '../client-stage';
import { EXIT, type ExitCode } from '../exit-code';
import { invalidInput, writeText } from '../files';
import type { ProveFlags } from '../flags';
import type { Io } from '../io';
import { settingsToday } from '../settings-today';
import { renderOptions } from '../style';

/** What one run of a client may take, in seconds. */
const TIMEOUT = 60;

/**
 * Runs the team’s own client in front of an org in memory that has the declared app, and says what it did and whether it
 * survives; with --as-in also on the settings that an org has today.
 */
export async function proveClient(io: Io, asked: AskedClient, flags: ProveFlags): Promise<ExitCode> {
  const options = optionsOf(flags);
  const proofs: ClientProof[] = [];
  for (const manifest of asked.manifests) {
    const proof = await proofOn(io, { ...asked, manifest }, { flags, options });
    if (proof === undefined) return EXIT.interrupted;
    proofs.push(proof);
  }
  const text = render(io, flags, proofs);
  if (flags.out === undefined) io.stdout.write(text);
  else writeText(resolve(io.cwd, flags.out), text);
  if (proofs.some(({ declared }) => declared.outcome === 'breaks')) return EXIT.findings;
  const runs = proofs.flatMap(({ declared, today }) => [declared, ...(today ? [today.run] : [])]);
  // Nothing was learned about a client that never came to log in, which must not look like a pass.
  return runs.some(({ outcome }) => outcome === 'not-evaluated') ? EXIT.error : EXIT.ok;
}

function render(io: Io, { format, out }: ProveFlags, clients: readonly ClientProof[]): string {
  switch (format) {
    case 'json':
      return jsonText({ format_version: PROOF_FORMAT_VERSION, clients });
    case 'junit':
      return clientJunit(clients);
    case 'markdown':
      return clientMarkdown(clients);
    default:
      return clientText(clients, out === undefined ? renderOptions(io.stdout, io.environment) : {});
  }
}

interface AskedClient {
  /** Those whose program declares the app. */
  readonly manifests: readonly Manifest[];
  /** Every org of the program. */
  readonly all: readonly Manifest[];
  readonly app: string;
  readonly command: ClientCommand;
}

function optionsOf({ timeout, verbose = false, loginPages = false, wire = false }: ProveFlags): ClientRunOptions {
  const wrong = (path: string, value: string, reason: string): Error =>
    invalidInput(diagnose('prove-option-wrong', { path, value }, { reason }));
  const seconds = Number(timeout ?? TIMEOUT);
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= 3600)
    return { timeout: seconds, verbose, loginPages, wire };
  throw wrong('--timeout', timeout ?? '', 'it must be a whole number of seconds, 1 to 3600');
}

/** The client in front of one org; undefined where it was interrupted. */
async function proofOn(
  io: Io,
  { manifest, all, app: name, command }: AskedClient & { readonly manifest: Manifest },
  { flags, options }: { readonly flags: ProveFlags; readonly options: ClientRunOptions },
): Promise<ClientProof | undefined> {
  const app = declaredIn(manifest, name);
  const on = (deployed: Manifest): Promise<ClientRun | undefined> =>
    runOn(io, { manifest, app, deployed, command }, options);
  const { asIn: org } = flags;
  const live = org === undefined ? undefined : await settingsToday(io, flags, { manifest, all, app, org });
  const before = live && (await on(live));
  if (live && before === undefined) return undefined;
  const run = await on(manifest);
  if (run === undefined) return undefined;
  const { label, platform, kind, path } = app;
  const head = { org: manifest.org.name, app: name, label, platform, kind, path };
  if (live === undefined || before === undefined || org === undefined) return { ...head, declared: run };
  const declared = withToday(run, declaredIn(live, name));
  return { ...head, declared, today: compared(org, before, run) };
}

/** @throws ClientAppsError where the app cannot be made without Terraform. */
function declaredIn({ apps }: Manifest, name: string): ManifestApp {
  const app = apps.find((one) => one.api_name === name);
  if (app === undefined) throw new TypeError(`No app ${name}`);
  const [late] = lateFields(app);
  if (late === undefined) return app;
  const reason = `only Terraform knows the value of ${late}, so the app cannot be created in an org`;
  throw invalidInput(diagnose('prove-option-wrong', { path: app.path }, { reason }));
}

/** One client on one set of settings; undefined where it was interrupted. */
async function runOn(
  io: Io,
  about: {
    readonly manifest: Manifest;
    readonly app: ManifestApp;
    readonly deployed: Manifest;
    readonly command: ClientCommand;
  },
  options: ClientRunOptions,
): Promise<ClientRun | undefined> {
  const { manifest, deployed, command } = about;
  const name = about.app.api_name;
  const org = await startProofOrg(manifest, io.today(), deployed, { allowlists: true });
  try {
    const subject = org.subjects.find(({ app }) => app.api_name === name);
    const app = deployed.apps.find((one) => one.api_name === name);
    if (subject === undefined || app === undefined) throw new TypeError(`No app ${name} in the org of the proof`);
    // A client on loopback could come from no allowlist.
    const address = insideOf(declaredPosture(app, deployed.org.api_version));
    const stage = openStage(io, org, { subject, command, address }, options);
    try {
      const run = await play(stage, subject, app);
      return run && { ...run, ...(address !== undefined && { assumed_address: address }) };
    } finally {
      stage.close();
    }
  } finally {
    await org.emulator.close();
  }
}
