import { resolve } from 'node:path';

import { DEFAULT_API_VERSION } from '../../metadata/api-version';
import { type Audit, AUDIT_FORMAT_VERSION, type AuditContext, auditOrg } from '../../operations/audit';
import { auditFiles } from '../../operations/audit-files';
import { settleBaseline } from '../../operations/settle-baseline';
import { packageVersion } from '../../package-version';
import { type AuditConfig, type SeenApp, unknownApps } from '../../policy/audit-config';
import { type Baseline, exceptionsIn } from '../../policy/baseline';
import { failuresAtLeast } from '../../policy/findings';
import { auditCsv } from '../../reports/audit/csv';
import { GAPS_REMEDY, gapsOf } from '../../reports/audit/gaps';
import { auditHtml } from '../../reports/audit/html/page';
import { auditJunit } from '../../reports/audit/junit';
import { auditMarkdown } from '../../reports/audit/markdown';
import { auditSarif, type SarifAudit, type SarifOptions } from '../../reports/audit/sarif';
import { auditText } from '../../reports/audit/text';
import { diagnose } from '../../values/diagnose';
import { ClientAppsError, isError } from '../../values/diagnostic';
import { baselineToWrite, loadBaseline, recordBaseline } from '../baseline-file';
import type { LoadedConfig } from '../config/run-settings';
import { apiVersionOf, eachOrg, READ_AT_ONCE } from '../each-org';
import { EXIT, type ExitCode, worst } from '../exit-code';
import { invalidInput, writeText } from '../files';
import type { AuditFlags } from '../flags';
import type { Io } from '../io';
import { targetsIfThere } from '../manifests';
import { orgsJson } from '../orgs-json';
import { report as reportProblems } from '../report-error';
import { openSource } from '../source-files';
import { renderOptions, writeFitted } from '../style';
import { loginsSince } from '../usage-question';
import { withRun } from '../with-run';

/** Judges live orgs or files. Exits with 3 when something fails at or above the threshold. */
export async function audit(io: Io, flags: AuditFlags): Promise<ExitCode> {
  refuseGrouping(flags);
  const file = flags.settings?.file;
  const config = file?.config;
  const baseline = loadBaseline(io, flags);
  const justification = baselineToWrite(io, flags);
  const known: Known = { ...(config && { config }), ...(baseline && { baseline }) };
  const { results: found, codes } =
    flags.source === undefined ? await live(io, flags, known) : await fromSource(io, flags.source, flags, known);
  // An org that could not be read may well have the apps that the configuration names.
  const complete = codes.length === 0;
  if (file && complete) checkUnknown(io, file, found);
  const results = baseline ? settleBaseline(baseline, found, { today: io.today(), complete }) : found;
  if (results.length > 0) report(io, flags, results);
  const recorded = justification && recordBaseline(io, flags, { audits: results, justification, baseline, complete });
  if (flags.allowUnread !== true) reportGaps(io, results);
  return worst([...codes, ...(recorded === undefined ? results.map((each) => codeOf(each, flags)) : [recorded])]);
}

/** The other formats have every result by itself, and programs put them together as they like. */
function refuseGrouping({ by, format = 'text' }: AuditFlags): void {
  if (by === undefined || ['text', 'markdown', 'html'].includes(format)) return;
  throw invalidInput(diagnose('option-without-effect/grouping', { path: '--by' }, { format }));
}

/** What someone wrote down about the apps. */
interface Known {
  readonly config?: AuditConfig;
  readonly baseline?: Baseline;
}

/** The part of it that is about one org, or about files. */
const knownOf = ({ config, baseline }: Known, org?: string): Pick<AuditContext, 'config' | 'exceptions'> => ({
  ...(config && { config }),
  ...(baseline && { exceptions: exceptionsIn(baseline, org) }),
});

interface Outcome {
  readonly results: readonly Audit[];
  readonly codes: readonly ExitCode[];
}

/** An error of the file that was named; one that is found serves runs about other orgs and files as well. */
function checkUnknown(io: Io, { config, name, found }: LoadedConfig, audits: readonly Audit[]): void {
  const seen = audits.flatMap(({ reports, excluded, origin, source }) => [
    ...excluded,
    ...reports.flatMap(({ subject }): readonly SeenApp[] =>
      subject.type === 'org' ? [] : [{ ...subject, ...(origin === 'org' && { org: source }) }],
    ),
  ]);
  const problems = unknownApps(config, seen, name);
  if (problems.length === 0) return;
  if (!found) throw new ClientAppsError('INVALID_INPUT', problems);
  reportProblems(
    problems.map((problem) => ({ ...problem, severity: 'warning' })),
    io,
  );
}

async function fromSource(io: Io, source: string, flags: AuditFlags, known: Known): Promise<Outcome> {
  if (
    flags.withUsage ||
    flags.local === true ||
    flags.org !== undefined ||
    flags.manifest !== undefined ||
    flags.seed !== undefined
  ) {
    throw invalidInput(diagnose('source-and-org', { path: '--source' }, { option: '--source' }));
  }
  const files = await openSource(resolve(io.cwd, source), io.cwd);
  const context = {
    source,
    today: io.today(),
    apiVersion: DEFAULT_API_VERSION,
    ...(flags.pack && { pack: flags.pack }),
    ...knownOf(known),
  };
  return { results: [auditFiles(files, context)], codes: [] };
}

async function live(io: Io, flags: AuditFlags, known: Known): Promise<Outcome> {
  const targets = targetsIfThere(io, flags);
  const names = targets.map(({ org }) => org);
  return withRun(io, flags, names, (run) =>
    eachOrg(
      run,
      targets,
      ({ org: name, manifest }, org) =>
        auditOrg(org, {
          source: name,
          today: io.today(),
          apiVersion: apiVersionOf(manifest),
          onEvent: run.progress.onEvent,
          signal: run.interrupts.signal,
          ...(manifest && { manifest }),
          ...(flags.pack && { pack: flags.pack }),
          ...(flags.withUsage && { usageSince: loginsSince(undefined, io.today()) }),
          ...knownOf(known, name),
        }),
      { atOnce: flags.parallel ?? READ_AT_ONCE },
    ),
  );
}

function report(io: Io, flags: AuditFlags, audits: readonly Audit[]): void {
  const text = render(io, flags, audits);
  if (flags.out === undefined) io.stdout.write(text);
  else writeText(resolve(io.cwd, flags.out), text);
}

function render(io: Io, { format, out, by = 'app' }: AuditFlags, audits: readonly Audit[]): string {
  switch (format) {
    case 'json':
      return orgsJson(io, { format_version: AUDIT_FORMAT_VERSION, audits });
    case 'sarif':
      return auditSarif(audits.map(sarifAudit), { version: packageVersion(), ...fallbackFor(audits) });
    case 'junit':
      return auditJunit(audits);
    case 'csv':
      return auditCsv(audits);
    case 'markdown':
      return auditMarkdown(audits, { by });
    case 'html':
      return auditHtml(audits, { version: packageVersion(), today: io.today(), by });
    default:
      return auditText(audits, { ...(out === undefined && renderOptions(io.stdout, io.environment)), by });
  }
}

const sarifAudit = ({ reports, unread, score, origin, source }: Audit): SarifAudit => ({
  reports,
  score,
  unread,
  ...(origin === 'org' && { org: source }),
});

/** An app that only the org knows is reported at the program that describes the org: someone there can act on it. */
function fallbackFor(audits: readonly Audit[]): Pick<SarifOptions, 'fallback'> {
  const declared = audits.flatMap(({ reports }) => reports).find(({ places }) => places?.subject !== undefined);
  const file = declared?.places?.subject?.file;
  return file === undefined ? {} : { fallback: { file, line: 1 } };
}

/** Beside every format, because not all of them have a place for it. */
function reportGaps(io: Io, audits: readonly Audit[]): void {
  for (const audit of audits) {
    const gaps = gapsOf(audit);
    if (gaps.length > 0)
      writeFitted(io.stderr, `Incomplete audit of ${audit.source}: ${gaps.join('; ')}. ${GAPS_REMEDY}\n`);
  }
}

/** What no one read is no pass: a file that is broken on purpose must not open the gate. */
function codeOf(audit: Audit, { failOn = 'high', allowUnread = false, pack }: AuditFlags): ExitCode {
  if (audit.diagnostics.some(isError)) return EXIT.error;
  if (pack !== undefined) {
    const verdicts = audit.reports.map((report) => report.pack?.verdict);
    if (verdicts.includes('does-not-meet')) return EXIT.findings;
    return !allowUnread && (verdicts.includes('not-evaluated') || gapsOf(audit).length > 0) ? EXIT.findings : EXIT.ok;
  }
  if (failuresAtLeast(audit.reports, failOn).length > 0) return EXIT.findings;
  return !allowUnread && gapsOf(audit).length > 0 ? EXIT.findings : EXIT.ok;
}
