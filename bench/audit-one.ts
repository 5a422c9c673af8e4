/** Audits a folder in a process of its own and prints time and memory as JSON: `audit-one FOLDER`. */
import { openSource } from '../lib/cli/source-files';
import { auditFiles } from '../lib/operations/audit-files';

async function main(folder: string): Promise<void> {
  const started = performance.now();
  const source = await openSource(folder, folder);
  const audit = auditFiles(source, { source: folder, today: '2026-07-01', apiVersion: 66 });
  const milliseconds = performance.now() - started;
  // maxRSS is in kilobytes.
  const megabytes = process.resourceUsage().maxRSS / 1024;
  globalThis.gc?.();
  const kept = process.memoryUsage().heapUsed / 1024 / 1024;
  const results = audit.reports.reduce((sum, report) => sum + report.results.length, 0);
  process.stdout.write(JSON.stringify({ milliseconds, megabytes, kept, results }));
}

void main(process.argv[2] ?? '.');
