import { resolve } from 'node:path';

import { cutOff } from '../../operations/cut-off';
import { freezeEvidence } from '../../operations/freeze-evidence';
import { foundOf, type Look, lookAtApp } from '../../operations/look-at-app';
import type { Org, OrgIdentity } from '../../org/org';
import { incidentReport } from '../../reports/incident/report';
import { incidentPlanText, incidentText } from '../../reports/incident/text';
import { unfinishedSwitchText } from '../../reports/unfinished';
import { type Incident, isUnfinished, newIncident } from '../../usage/incident';
import { diagnose } from '../../values/diagnose';
import { fileName, stampOf } from '../../values/file-name';
import { sameId } from '../../values/record-id';
import { visible } from '../../values/visible';
import { confirmed, requireTerminal } from '../confirm';
import { acceptedIn, splitName } from '../consents';
import { apiVersionOf, eachOrg, type OrgTarget } from '../each-org';
import { EXIT, type ExitCode, worst } from '../exit-code';
import { invalidInput } from '../files';
import type { IncidentFlags } from '../flags';
import { type IncidentFolder, makeIncidentFolder, openIncident } from '../incident-folder';
import { goingOn, resumeLine } from '../incident-journal';
import { incidentProblem, INCIDENTS, incidentsLeft } from '../incidents-left';
import { type Io, isoNow } from '../io';
import { oneOrg } from '../manifests';
import { memoryFile } from '../project';
import { report } from '../report-error';
import { revocationFile } from '../revocation-file';
import { chooseOrgs } from '../stop-orgs';
import { inEmergency, stopReceipts } from '../stop-receipts';
import { writeFitted } from '../style';
import { loginsSince } from '../usage-question';
import { type Run, withRun } from '../with-run';

/** Freezes the evidence of an app first, then stops it, ends its tokens, rotates its secret, looks again, and writes a report. */
export async function incident(io: Io, text: string | undefined, flags: IncidentFlags): Promise<ExitCode> {
  requireSense(io, text, flags);
  const alarm = isoNow(io);
  const begun = flags.resume === undefined ? undefined : openIncident(resolve(io.cwd, flags.resume));
  const name = text ?? begun?.incident.app ?? '';
  // Without a name of its own the org goes by "org".
  const kept = begun?.incident.org === 'org' ? undefined : begun?.incident.org;
  const named = flags.org ?? (kept === undefined ? undefined : [kept]);
  const { all, targets } = chooseOrgs(io, name, { ...flags, ...(named && { org: named }) }, 'incident');
  const [target] = oneOrg(targets, { app: splitName(name).app, command: 'incident' });
  return withRun(io, flags, all, async (run) => {
    const { results, codes } = await eachOrg(run, [target], (_, org) => {
      const order: Order = { run, flags, target, org, app: splitName(name).app, alarm };
      if (begun) return goOn(order, begun.incident, begun.folder);
      return flags.plan === true ? showPlan(order) : begin(order);
    });
    return worst([...codes, ...results]);
  });
}

interface Order {
  readonly run: Run;
  readonly flags: IncidentFlags;
  readonly target: OrgTarget;
  readonly org: Org;
  readonly app: string;
  readonly alarm: string;
}

function requireSense(io: Io, text: string | undefined, flags: IncidentFlags): void {
  const problem =
    (text === undefined) === (flags.resume === undefined)
      ? 'pass either an app or --resume'
      : flags.resume !== undefined && (flags.out !== undefined || flags.plan === true || flags.since !== undefined)
        ? '--resume continues an existing incident, so --out, --plan and --since do not apply'
        : undefined;
  if (problem !== undefined) throw invalidInput(diagnose('incident-usage', { path: 'incident' }, { problem }));
  requireTerminal(io, 'incident', [flags.plan, flags.evidenceOnly, flags.autoApprove]);
}

const lookFor = ({ run, target, org, app }: Order, since: string, unknown: boolean): Promise<Look> =>
  lookAtApp(
    org,
    {
      ...{ org: target.org, app, unknown, since, today: run.io.today() },
      ...(target.manifest && { manifest: target.manifest }),
    },
    { signal: run.interrupts.signal },
  );

const sinceOf = ({ run: { io }, flags }: Order): string => loginsSince(flags.since, io.today());

async function showPlan(order: Order): Promise<ExitCode> {
  const { run, flags, target, org } = order;
  const look = await lookFor(order, sinceOf(order), flags.unknown === true);
  run.progress.clear();
  const found = foundOf(look);
  const about = { org: target.org, orgId: look.identity.orgId, since: sinceOf(order), calls: org.calls };
  const rotate = flags.rotate !== false;
  writeFitted(run.io.stdout, incidentPlanText(found, look.facts.notEvaluated, { ...about, rotate }));
  return EXIT.ok;
}

/** Looks first: a name that leads to no app leaves no folder. */
async function begin(order: Order): Promise<ExitCode> {
  const { run, flags, target, app, alarm } = order;
  const since = sinceOf(order);
  const look = await lookFor(order, since, flags.unknown === true);
  const { orgId, instanceUrl, username } = look.identity;
  tellOfOthers(order, orgId);
  const folder = makeIncidentFolder(
    flags.out === undefined ? ownFolder(run.io, flags, app, alarm) : resolve(run.io.cwd, flags.out),
  );
  const fresh = newIncident({
    ...{ org: target.org, org_id: orgId, instance_url: instanceUrl, app, unknown: flags.unknown === true },
    ...(username !== undefined && { by: username }),
    ...{ alarm, since, evidence_only: flags.evidenceOnly === true, api_calls: 0 },
  });
  folder.save(fresh);
  return resumable(order, folder, async () =>
    proceed({ ...order, identity: look.identity }, await freeze(order, fresh, folder, look), folder),
  );
}

/** Says how to go on, whatever ends it from here on. */
async function resumable({ run }: Order, folder: IncidentFolder, work: () => Promise<ExitCode>): Promise<ExitCode> {
  try {
    return await work();
  } catch (error) {
    run.progress.clear();
    run.io.stderr.write(`${visible(resumeLine(folder))}\n`);
    throw error;
  }
}

/** A person in a hurry starts again what only has to go on. A second incident is another order, and is not refused. */
function tellOfOthers({ run: { io, progress }, flags, target, app }: Order, orgId: string): void {
  const others = incidentsLeft(io, flags).incidents.filter(
    ({ incident }) => sameId(incident.org_id, orgId) && incident.app === app,
  );
  progress.clear();
  report(
    others.map((each) => incidentProblem(each, target.path)),
    io,
  );
}

async function goOn(asked: Order, kept: Incident, folder: IncidentFolder): Promise<ExitCode> {
  const { org, flags, run } = asked;
  const identity = await org.identify({ signal: run.interrupts.signal });
  const order = { ...asked, identity };
  if (!sameId(identity.orgId, kept.org_id)) {
    const value = `${identity.orgId} at ${identity.instanceUrl}`;
    const place = { path: folder.path, value, allowed: kept.org_id };
    throw invalidInput(diagnose('incident-other-org', place, { org: kept.org_id }));
  }
  // Evidence alone may have been asked for first; without the option, the rest is wanted now.
  const begun = { ...kept, evidence_only: flags.evidenceOnly === true };
  const counted = { ...begun, api_calls: kept.api_calls + org.calls };
  const seal = folder.sealed();
  if (seal !== undefined && kept.steps.evidence.state === 'done') {
    if (seal !== kept.seal) {
      const problem = 'its manifest is not the one that was sealed';
      throw invalidInput(diagnose('incident-evidence-changed', { path: folder.path }, { problem }));
    }
    return proceed(order, counted, folder);
  }
  if (seal !== undefined) {
    // Sealed by a process that died before it could say so; what it read stands.
    const found = kept.found ?? foundOf(await lookFor(order, kept.since, kept.unknown));
    return proceed(order, withEvidence(counted, { seal, found }, isoNow(run.io)), folder);
  }
  return proceed(order, await freeze(order, begun, folder, await lookFor(order, kept.since, kept.unknown)), folder);
}

/** Named by app and time: a second incident of the same app keeps the first. */
function ownFolder(io: Io, flags: IncidentFlags, app: string, alarm: string): string {
  const name = fileName(app).slice(0, 60);
  return memoryFile(io, flags, INCIDENTS, `${name}-${stampOf(alarm)}`);
}

const withEvidence = (before: Incident, more: Partial<Incident>, ended: string): Incident => ({
  ...before,
  ...more,
  steps: { ...before.steps, evidence: { ...before.steps.evidence, state: 'done', ended } },
});

async function freeze(order: Order, before: Incident, folder: IncidentFolder, look: Look): Promise<Incident> {
  const { run, org, target } = order;
  const announced = isoNow(run.io);
  const begun: Incident = {
    ...before,
    steps: { ...before.steps, evidence: { state: 'announced', announced, notes: [] } },
  };
  folder.save(begun);
  run.progress.onEvent({ kind: 'step', message: 'freezing the evidence' });
  const { files, found, timeline, notEvaluated } = await freezeEvidence({
    ...{ org, apiVersion: apiVersionOf(target.manifest), incident: begun, look, now: announced },
    signal: run.interrupts.signal,
  });
  const read = { ...begun, found, timeline: [...timeline], not_evaluated: [...notEvaluated] };
  // What the seal does not hold: a process that dies after it must not leave a report without the gaps of its reading.
  folder.save(read);
  const frozen = { seal: folder.seal(files), api_calls: begun.api_calls + org.calls };
  const after = withEvidence(read, frozen, isoNow(run.io));
  const notes = [`${files.size} files frozen`];
  return { ...after, steps: { ...after.steps, evidence: { ...after.steps.evidence, notes } } };
}

/** Names what would be done now: a rotation only where an app can have one. */
function questionOf({ found, app }: Incident, { rotate }: IncidentFlags): string {
  const name = visible(found?.label ?? app);
  return rotate !== false && found?.platform === 'external-client-app'
    ? `Stop ${name}, revoke its tokens and rotate its consumer secret?`
    : `Stop ${name} and revoke its tokens?`;
}

async function proceed(
  order: Order & { readonly identity: OrgIdentity },
  frozen: Incident,
  folder: IncidentFolder,
): Promise<ExitCode> {
  const { run, flags, org, target, identity } = order;
  const { io, interrupts, progress } = run;
  folder.save(frozen);
  folder.report(incidentReport(frozen, isoNow(io)));
  progress.clear();
  writeFitted(io.stdout, incidentText(frozen, folder.path, 'frozen'));
  if (flags.evidenceOnly === true) return EXIT.ok;
  const question = questionOf(frozen, flags);
  if (flags.autoApprove !== true && !(await confirmed(run, question, 'the org was not changed'))) {
    io.stderr.write(`${visible(resumeLine(folder))}\n`);
    return EXIT.error;
  }
  const journal = goingOn(io, folder);
  const receipts = stopReceipts(io, flags, target.org, { orgId: frozen.org_id });
  const ended = await cutOff(frozen, {
    ...{ org, identity, apiVersion: apiVersionOf(target.manifest), now: () => isoNow(io), save: journal.save },
    ...inEmergency(io, receipts),
    keepRevocation: (plan) => revocationFile(io, flags, plan, { org: target.org, inEmergency: true }),
    onUnfinished: (earlier) => io.stderr.write(`${visible(unfinishedSwitchText(earlier))}\n`),
    ...(target.manifest && { manifest: target.manifest }),
    acceptLockout: acceptedIn(target.org, flags),
    rotate: flags.rotate !== false,
    onEvent: progress.onEvent,
    onWriting: interrupts.beginWriting,
    signal: interrupts.signal,
    stop: interrupts.stop,
  });
  progress.clear();
  writeFitted(io.stdout, incidentText(ended, folder.path, 'ended'));
  const isKept = journal.end(ended, incidentReport(ended, isoNow(io)));
  if (isKept && (isUnfinished(ended) || ended.open.length > 0)) io.stderr.write(`${visible(resumeLine(folder))}\n`);
  if (interrupts.signal.aborted) return EXIT.interrupted;
  if (isUnfinished(ended) || !isKept) return EXIT.error;
  return ended.open.length > 0 || ended.steps.stop.state === 'by hand' ? EXIT.changes : EXIT.ok;
}
