import {
  DOCTOR_FORMAT_VERSION,
  examineOrg,
  type LoginFacts,
  type OrgExamination,
  type OrgReadings,
} from '../../operations/doctor';
import { ORG_CHECKS } from '../../operations/doctor-checks';
import { type CheckResult, examine } from '../../operations/doctor-finding';
import { MACHINE_CHECKS } from '../../operations/doctor-machine';
import { resolveLogin } from '../../org/login';
import type { Known } from '../../org/org';
import { isOrgError } from '../../org/org-error';
import { doctorText } from '../../reports/doctor';
import { jsonText } from '../../values/ci-commands';
import { readMachine } from '../doctor-machine';
import { readMemory } from '../doctor-memory';
import { apiVersionOf, type OrgTarget } from '../each-org';
import { EXIT, type ExitCode, worst } from '../exit-code';
import type { DoctorFlags, OrgFlags } from '../flags';
import type { Io } from '../io';
import { localNeeds } from '../local-org';
import { targetsIfThere } from '../manifests';
import { renderOptions } from '../style';
import { type Run, withRun } from '../with-run';

/** Looks at all that the other commands need, and says of each thing whether it is right and what to do. */
export async function doctor(io: Io, named: string | undefined, flags: DoctorFlags): Promise<ExitCode> {
  const targets = targetsIfThere(io, named === undefined ? flags : { ...flags, org: [named] });
  const machine = examine(MACHINE_CHECKS, readMachine(io, flags));
  const names = targets.map(({ org }) => org);
  return withRun(io, flags, names, async (run) => {
    const found: { org: string; checks: readonly CheckResult[]; code: ExitCode }[] = [];
    for (const target of targets) {
      const examination = await examined(run, flags, target, names).catch((error: unknown) => {
        if (run.interrupts.signal.aborted) return undefined;
        throw error;
      });
      // Half a report could be taken for a whole one.
      if (!examination) return EXIT.interrupted;
      const checks = examine(ORG_CHECKS, examination);
      // It did not say who it is: the login was refused, or the org cannot be reached.
      const code = 'unknown' in examination.identity ? EXIT.unreachable : codeOf(checks);
      found.push({ org: target.org, checks, code });
    }
    run.progress.clear();
    const orgs = found.map(({ org, checks }) => ({ org, checks }));
    if (flags.json) io.stdout.write(jsonText({ format_version: DOCTOR_FORMAT_VERSION, machine, orgs }));
    else io.stdout.write(doctorText({ machine, orgs }, renderOptions(io.stdout, io.environment)));
    return worst([codeOf(machine), ...found.map(({ code }) => code)]);
  });
}

const codeOf = (checks: readonly CheckResult[]): ExitCode =>
  checks.some(({ verdict }) => verdict === 'failed') ? EXIT.findings : EXIT.ok;

async function examined(
  run: Run,
  flags: OrgFlags,
  { org: name, manifest }: OrgTarget,
  names: readonly string[],
): Promise<OrgExamination> {
  const { io, interrupts, connections } = run;
  const apiVersion = apiVersionOf(manifest);
  const login = loginOf(io, flags, name, names);
  let readings: OrgReadings;
  try {
    if ('unknown' in login) readings = nothingRead('not checked, because there is no login');
    else {
      const org = await connections.open(name, manifest && localNeeds(manifest));
      readings = await examineOrg(org, apiVersion, { signal: interrupts.signal });
    }
  } catch (error) {
    if (!isOrgError(error) || error.kind === 'aborted') throw error;
    readings = nothingRead(error.message);
  }
  const orgId = 'known' in readings.identity ? readings.identity.known.orgId : manifest?.org.org_id;
  return {
    login,
    ...readings,
    memory: readMemory(io, flags, { org: name, orgId }),
    apiVersion,
    ...(manifest?.org.org_id !== undefined && { expectedOrgId: manifest.org.org_id }),
    declaresConnectedApps: manifest?.apps.some(({ platform }) => platform === 'connected-app') === true,
    today: io.today(),
  };
}

const nothingRead = (unknown: string): OrgReadings => ({
  identity: { unknown },
  condition: { unknown },
  facts: { unknown },
  observed: { unknown },
});

/** The way in, without anything that opens it. */
function loginOf(io: Io, flags: OrgFlags, org: string, names: readonly string[]): Known<LoginFacts> {
  if (flags.local) return { known: { kind: 'local' } };
  try {
    const login = resolveLogin(io.environment, org, names);
    return {
      known: {
        kind: login.kind,
        ...('clientId' in login && login.clientId !== undefined && { clientId: login.clientId }),
        ...('username' in login && { username: login.username }),
        ...('loginUrl' in login && { loginUrl: login.loginUrl }),
      },
    };
  } catch (error) {
    if (!isOrgError(error)) throw error;
    return { unknown: error.message };
  }
}
