import { resolve } from 'node:path';

import type { Manifest } from '../../metadata/manifest';
import { planOrg } from '../../operations/plan-org';
import { packageVersion } from '../../package-version';
import { calendarOf, type OrgEnd } from '../../plan/calendar';
import { NO_CONSENTS, type OrgPlan } from '../../plan/plan';
import { type OrgStatus, orgStatus, STATUS_FORMAT_VERSION, unreadOrg } from '../../plan/status';
import { statusHtml } from '../../reports/status/html';
import { statusMarkdown } from '../../reports/status/markdown';
import { statusText } from '../../reports/status/text';
import { isError } from '../../values/diagnostic';
import { eachOrg, READ_AT_ONCE } from '../each-org';
import { EXIT, type ExitCode, worst } from '../exit-code';
import { messageOf, writeText } from '../files';
import type { StatusFlags } from '../flags';
import type { Io } from '../io';
import { loadManifests, targetsOf } from '../manifests';
import { orgsJson } from '../orgs-json';
import { formerOnRecord } from '../rotations-left';
import { renderOptions } from '../style';
import { openMemory, planWithMemory } from '../unfinished';
import { whoChanged } from '../who';
import { withRun } from '../with-run';

/** How every app of every org stands. An org that fails is a column that says so, and keeps no other from being read. */
export async function status(io: Io, flags: StatusFlags): Promise<ExitCode> {
  const targets = targetsOf(loadManifests(io, flags));
  const names = targets.map(({ org }) => org);
  const memory = openMemory(io, flags, names, true);
  return withRun(io, flags, names, async (run) => {
    const found: ExitCode[] = [];
    const { results, codes } = await eachOrg(
      run,
      targets,
      async ({ manifest }, org) => {
        const planning = { manifest, org, consents: { ...NO_CONSENTS, fail_on: 'none' as const }, wait: false };
        const { plan } = await planWithMemory(run, memory, planning, async (input) => ({
          plan: await planOrg({ ...input, lookOnly: true }),
        }));
        const standing = orgStatus(plan, endsOf(io, flags, manifest, plan.org_id));
        found.push(statusCode(standing, plan));
        return flags.who === true ? { ...standing, changed_by: await whoChanged(run, org, plan) } : standing;
      },
      {
        atOnce: flags.parallel ?? READ_AT_ONCE,
        instead: ({ manifest }, { code, error }) =>
          unreadOrg(
            manifest.org.name,
            code === EXIT.unreachable ? 'not-reachable' : 'not-evaluated',
            error === undefined ? 'the run was interrupted before it was read' : messageOf(error),
            { manifest, ends: endsOf(io, flags, manifest, manifest.org.org_id) },
          ),
      },
    );
    write(io, flags, results);
    return worst([...codes, ...found]);
  });
}

/** Of an org whose id is not known there is no record; one that cannot be used is reported with the rotations. */
function endsOf(io: Io, flags: StatusFlags, manifest: Manifest, orgId: string | undefined): readonly OrgEnd[] {
  const former = orgId === undefined ? [] : formerOnRecord(io, flags, { org: manifest.org.name, orgId });
  return calendarOf(manifest, former);
}

/** An app whose repair a guard would refuse was compared all the same: that is drift, and plan says what is refused. */
function statusCode({ apps, in_sync: inSync }: OrgStatus, plan: OrgPlan): ExitCode {
  const unknown = apps.some(({ state }) => state === 'not-evaluated');
  if (unknown || plan.diagnostics.some((found) => isError(found) && found.path === plan.path)) return EXIT.error;
  return inSync === true ? EXIT.ok : EXIT.changes;
}

function write(io: Io, flags: StatusFlags, orgs: readonly OrgStatus[]): void {
  const text = render(io, flags, orgs);
  if (flags.out === undefined) io.stdout.write(text);
  else writeText(resolve(io.cwd, flags.out), text);
}

function render(io: Io, { format, out }: StatusFlags, orgs: readonly OrgStatus[]): string {
  switch (format) {
    case 'json':
      return orgsJson(io, { format_version: STATUS_FORMAT_VERSION, orgs });
    case 'markdown':
      return statusMarkdown(orgs, io.today());
    case 'html':
      return statusHtml(orgs, { version: packageVersion(), today: io.today() });
    default:
      return statusText(orgs, io.today(), out === undefined ? renderOptions(io.stdout, io.environment) : {});
  }
}
