import { resolve } from 'node:path';

import { DEFAULT_API_VERSION } from '../../metadata/api-version';
import { AUDIT_FORMAT_VERSION, auditOrg, type Audit } from '../../operations/audit';
import { auditFiles } from '../../operations/audit-files';
import { auditCsv } from '../../policy/formats/csv';
import { failuresAtLeast } from '../../policy/formats/findings';
import { auditJunit } from '../../policy/formats/junit';
import { auditSarif, type SarifAudit } from '../../policy/formats/sarif';
import { isError } from '../../values/diagnostic';
import { auditHtml } from '../audit-html/page';
import { auditMarkdown } from '../audit-markdown';
import { auditText } from '../audit-text';
import { eachOrg, type OrgTarget } from '../each-org';
import { EXIT, type ExitCode, worst } from '../exit-code';
import { invalidInput, writeText } from '../files';
import type { AuditFlags } from '../flags';
import type { Io } from '../io';
import { loadManifestsIfThere, targetsOf } from '../manifests';
import { openSource } from '../source-files';
import { renderOptions } from '../style';
import { packageVersion } from '../../package-version';
import { withRun } from '../with-run';

/** Judges live orgs or files. Exits with 3 when something fails at or above the threshold. */
export async function audit(io: Io, flags: AuditFlags): Promise<ExitCode> {
  const { results, codes } =
    flags.source === undefined ? await live(io, flags) : await fromSource(io, flags.source, flags);
  if (results.length > 0) report(io, flags, results);
  return worst([...codes, ...results.map((each) => codeOf(each, flags))]);
}

interface Outcome {
  readonly results: readonly Audit[];
  readonly codes: readonly ExitCode[];
}

async function fromSource(io: Io, source: string, flags: AuditFlags): Promise<Outcome> {
  if (flags.local === true || flags.org !== undefined || flags.manifest !== undefined || flags.seed !== undefined) {
    throw invalidInput({
      code: 'source-and-org',
      path: '--source',
      problem: 'files are judged by themselves, so options about orgs have no place beside --source',
      remedy: 'drop --source, or the others',
    });
  }
  const files = await openSource(resolve(io.cwd, source), io.cwd);
  return { results: [auditFiles(files, { source, today: io.today(), apiVersion: DEFAULT_API_VERSION })], codes: [] };
}

async function live(io: Io, flags: AuditFlags): Promise<Outcome> {
  const manifests = loadManifestsIfThere(io, flags);
  // An org that no program describes can be judged too: its name then only chooses the credentials.
  const undeclared = (flags.org ?? ['org']).map((org): OrgTarget => ({ org, path: org }));
  const targets: readonly OrgTarget[] = manifests.length > 0 ? targetsOf(manifests) : undeclared;
  const names = targets.map(({ org }) => org);
  return withRun(io, flags, names, (run) =>
    eachOrg(run, targets, ({ org: name, manifest }, org) =>
      auditOrg(org, {
        source: name,
        today: io.today(),
        apiVersion: manifest?.org.api_version ?? DEFAULT_API_VERSION,
        onEvent: run.progress.onEvent,
        signal: run.interrupts.signal,
        ...(manifest && { manifest }),
      }),
    ),
  );
}

function report(io: Io, flags: AuditFlags, audits: readonly Audit[]): void {
  const text = render(io, flags, audits);
  if (flags.out === undefined) io.stdout.write(text);
  else writeText(resolve(io.cwd, flags.out), text);
}

function render(io: Io, { format, out }: AuditFlags, audits: readonly Audit[]): string {
  const reports = audits.flatMap((each) => each.reports);
  switch (format) {
    case 'json':
      return `${JSON.stringify({ format_version: AUDIT_FORMAT_VERSION, audits }, null, 2)}\n`;
    case 'sarif':
      return auditSarif(audits.map(sarifAudit), { version: packageVersion() });
    case 'junit':
      return auditJunit(reports);
    case 'csv':
      return auditCsv(reports);
    case 'markdown':
      return auditMarkdown(audits);
    case 'html':
      return auditHtml(audits, { version: packageVersion(), today: io.today() });
    default:
      return auditText(audits, out === undefined ? renderOptions(io.stdout, io.environment) : {});
  }
}

const sarifAudit = ({ reports, unread, origin, source }: Audit): SarifAudit => ({
  reports,
  unread,
  ...(origin === 'org' && { org: source }),
});

function codeOf({ reports, diagnostics }: Audit, { failOn = 'high' }: AuditFlags): ExitCode {
  if (diagnostics.some(isError)) return EXIT.error;
  return failuresAtLeast(reports, failOn).length > 0 ? EXIT.findings : EXIT.ok;
}
