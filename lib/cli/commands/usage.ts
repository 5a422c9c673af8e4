import { resolve } from 'node:path';

import { readUsageFacts, type UsageReading } from '../../operations/read-usage';
import { packageVersion } from '../../package-version';
import { usageHtml } from '../../reports/audit/html/page';
import { usageCsv, usageMarkdown } from '../../reports/usage/table';
import { rehearsalText, usageText } from '../../reports/usage/text';
import { namesIn } from '../../usage/assess';
import { gapWords } from '../../usage/of-app';
import { USAGE_FORMAT_VERSION, type UsageReport } from '../../usage/report';
import { userMeant } from '../../usage/user-meant';
import { diagnose } from '../../values/diagnose';
import { nearest } from '../../values/nearest';
import { visible } from '../../values/visible';
import { eachOrg, type OrgTarget } from '../each-org';
import { type ExitCode, worst } from '../exit-code';
import { invalidInput, writeText } from '../files';
import type { UsageFlags } from '../flags';
import type { Io } from '../io';
import { targetsIfThere } from '../manifests';
import { orgsJson } from '../orgs-json';
import { renderOptions } from '../style';
import { loginsSince, timeSince } from '../usage-question';
import { warnOfUser } from '../warn-of-user';
import { withRun } from '../with-run';

/** Lists every app that reached the org, declared or not, installed or not. */
export async function usage(io: Io, flags: UsageFlags): Promise<ExitCode> {
  const today = io.today();
  const since = loginsSince(flags.since, today);
  const unusedSince = flags.unusedFor === undefined ? undefined : timeSince('--unused-for', flags.unusedFor, today);
  const known = flags.settings?.file?.config.known ?? [];
  const targets = targetsIfThere(io, flags);
  const names = targets.map(({ org }) => org);
  return withRun(io, flags, names, async (run) => {
    const { results, codes } = await eachOrg(run, targets, ({ org: name, manifest }, org) =>
      readUsageFacts(org, {
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
    if (flags.app !== undefined && codes.length === 0) requireSeen(flags.app, results, targets);
    if (flags.user !== undefined) checkUser(io, flags.user, results);
    const reports = results.map(({ report }) => report);
    if (reports.length > 0) write(io, flags, reports);
    return worst(codes);
  });
}

/** A name that no org knows is a mistake, not an app that no one uses. @throws ClientAppsError */
function requireSeen(app: string, readings: readonly UsageReading[], targets: readonly OrgTarget[]): void {
  const declared = targets.flatMap(({ manifest }) => manifest?.apps.map(({ api_name: name }) => name) ?? []);
  const known = [...new Set([...declared, ...readings.flatMap(({ facts }) => namesIn(facts))])];
  if (known.includes(app)) return;
  const [gap] = readings.flatMap(({ facts }) => facts.notEvaluated);
  const meant = nearest(app, known);
  throw invalidInput(
    diagnose(
      'app-not-seen',
      { path: '--app', value: app, meant: meant && visible(meant) },
      { app: visible(app), gap: gap === undefined ? '' : `; not everything was read: ${gapWords(gap)}` },
    ),
  );
}

/** A user of whom no org has a token may simply have none: a slip is what it is where another name is nearly the same. */
function checkUser(io: Io, user: string, readings: readonly UsageReading[]): void {
  const tokens = readings.flatMap(({ facts }) => facts.tokens ?? []);
  const meant = userMeant({ tokens }, user);
  if (meant !== undefined) warnOfUser(io, user, meant);
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
      return orgsJson(io, { format_version: USAGE_FORMAT_VERSION, orgs: reports });
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
