import { resolve } from 'node:path';

import { readUsage } from '../../operations/read-usage';
import { USAGE_FORMAT_VERSION, type UsageReport } from '../../usage/report';
import { usageCsv, usageMarkdown } from '../../reports/usage/table';
import { rehearsalText, usageText } from '../../reports/usage/text';
import { jsonText } from '../../values/ci-commands';
import { packageVersion } from '../../package-version';
import { usageHtml } from '../../reports/audit/html/page';
import { loadAuditConfig } from '../audit-config-file';
import { eachOrg } from '../each-org';
import { type ExitCode, worst } from '../exit-code';
import { writeText } from '../files';
import type { UsageFlags } from '../flags';
import type { Io } from '../io';
import { targetsIfThere } from '../manifests';
import { renderOptions } from '../style';
import { loginsSince, timeSince } from '../usage-question';
import { withRun } from '../with-run';

/** Lists every app that reached the org, declared or not, installed or not. */
export async function usage(io: Io, flags: UsageFlags): Promise<ExitCode> {
  const today = io.today();
  const since = loginsSince(flags.since, today);
  const unusedSince = flags.unusedFor === undefined ? undefined : timeSince('--unused-for', flags.unusedFor, today);
  const { known = [] } = loadAuditConfig(io, flags.config) ?? {};
  const targets = targetsIfThere(io, flags);
  const names = targets.map(({ org }) => org);
  return withRun(io, flags, names, async (run) => {
    const { results, codes } = await eachOrg(run, targets, ({ org: name, manifest }, org) =>
      readUsage(org, {
        org: name,
        today,
        since,
        known,
        signal: run.interrupts.signal,
        ...(manifest && { manifest }),
        ...(flags.app !== undefined && { app: flags.app }),
        ...(flags.user !== undefined && { user: flags.user }),
        ...(unusedSince !== undefined && { unusedSince }),
      }),
    );
    if (results.length > 0) write(io, flags, results);
    return worst(codes);
  });
}

function write(io: Io, flags: UsageFlags, reports: readonly UsageReport[]): void {
  const text = render(io, flags, reports);
  if (flags.out === undefined) io.stdout.write(text);
  else writeText(resolve(io.cwd, flags.out), text);
}

function render(io: Io, flags: UsageFlags, reports: readonly UsageReport[]): string {
  const { format, out, rehearseApiAccessControl: rehearse } = flags;
  const options = out === undefined ? renderOptions(io.stdout, io.environment) : {};
  switch (format) {
    case 'json':
      return jsonText({ format_version: USAGE_FORMAT_VERSION, orgs: reports });
    case 'csv':
      return usageCsv(reports);
    case 'html':
      return usageHtml(reports, { version: packageVersion(), today: io.today() });
    case 'markdown':
      return usageMarkdown(reports);
    default:
      return (
        usageText(reports, options) + (rehearse ? reports.map((each) => rehearsalText(each, options)).join('') : '')
      );
  }
}
