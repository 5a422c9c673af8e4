import type { Component, FieldValue } from '../metadata/component';
import { componentType } from '../metadata/fields';
import { presentComponent } from '../metadata/observe';
import { NO_CERTIFICATE } from '../metadata/ownership-line';
import { MACHINE_CALLBACK_URL } from '../options/callback-urls';
import { isOrgError, OrgError } from '../org/org-error';
import type { Phase } from '../plan/phases';
import { diagnose } from '../values/diagnose';
import type { Diagnostic } from '../values/diagnostic';
import { CONSUMER, HEADER, OAUTH_SETTINGS } from '../values/metadata-types';
import { type AppsOutcome, type DeployingApps, deployLearning, type RealNames } from './deploy-learning';
import { deployPhase, deployProblems } from './deploy-phase';
import { appNamedBy, isPolicy } from './policy-names';
import { readApps } from './read-org';

/** The apps' phase, and those of its apps that Salesforce makes only without policies. */
interface Opening {
  readonly phase: Phase;
  readonly apps: ReadonlySet<string>;
  readonly names: RealNames;
}

/**
 * Makes the new apps in a form that no client can use, reads what the org called their policies, and deploys the whole
 * phase. If that fails, the apps go again: the org is as it was.
 * @throws OrgError that says what became of the apps, in doubt where the org may hold any of them.
 */
export async function openLater(opening: Opening, deploying: DeployingApps): Promise<AppsOutcome> {
  const { phase, apps } = opening;
  const closed = await deployPhase(closedPhase(phase, apps), deploying).catch((error: unknown) => {
    throw isOrgError(error) && error.inDoubt ? withWords(error, unlessDone(apps)) : error;
  });
  if (closed.status === 'failed') return { outcome: closed, remarks: [] };
  // Half done is no one's wish: from here on a stop on request waits for the end of the phase.
  const { stop: _stop, journal, ...rest } = deploying;
  const going = { ...rest, ...(journal && { journal: journal.leniently }) };
  let opened: AppsOutcome;
  try {
    await learnNames(opening, going);
    opened = await deployLearning(phase, opening.names, going);
  } catch (error) {
    throw isOrgError(error) ? await halfDone(error, opening, going) : error;
  }
  if (opened.outcome.status === 'succeeded') return opened;
  return { ...opened, remarks: [...opened.remarks, ...(await remove(apps, phase, going)).remarks] };
}

/** The closed apps are there. They go again, unless someone no longer waits or they may be open by now. */
async function halfDone(error: OrgError, { apps, phase }: Opening, deploying: DeployingApps): Promise<OrgError> {
  if (error.inDoubt) return withWords(error, unlessDone(apps));
  if (error.kind === 'aborted') return withWords(error, stayClosed(apps), true);
  const { gone, remarks } = await remove(apps, phase, deploying);
  return withWords(error, remarks.map(({ problem, remedy }) => `${problem}; ${remedy}`).join('. '), !gone);
}

/** Header, a consumer without any flow, and OAuth settings: the least that Salesforce takes for an app. */
function closedPhase(phase: Phase, apps: ReadonlySet<string>): Phase {
  const writes = phase.writes
    .filter((write) => [HEADER, CONSUMER, OAUTH_SETTINGS].includes(write.type) && apps.has(appNamedBy(write)))
    .map(closedForm);
  const title = 'New client apps, closed until their policies are written';
  return { ...phase, writes, deletes: [], plan: { ...phase.plan, title, apps: [...apps] } };
}

/** The line says which certificate the app has, and a closed one has none (D5). */
function closedForm(write: Component): Component {
  if (write.type === CONSUMER) return closedConsumer(write);
  if (write.type !== HEADER) return write;
  return { ...write, fields: { ...write.fields, certificateFingerprint: NO_CERTIFICATE } };
}

/** No redirect reaches anyone, no certificate signs, every flow is off and every secret is demanded. */
function closedConsumer({ fields, ...write }: Component): Component {
  const known = componentType(CONSUMER)?.fields ?? [];
  const opening = known.filter(({ name, kind, direction }) => {
    return name in fields && kind.kind === 'boolean' && direction === 'true-widens';
  });
  const off = Object.fromEntries(opening.map(({ name }): [string, FieldValue] => [name, false]));
  const join = fields['externalClientApplication'];
  return {
    ...write,
    fields: {
      ...off,
      ...(join !== undefined && { externalClientApplication: join }),
      callbackUrl: [MACHINE_CALLBACK_URL],
      isConsumerSecretOptional: false,
      isPkceRequired: true,
      isSecretRequiredForRefreshToken: true,
    },
  };
}

/** What the org called the policies, where a reading finds them; otherwise the names from the refusal stay. */
async function learnNames({ phase, apps, names }: Opening, deploying: DeployingApps): Promise<void> {
  const { org, manifest, onEvent, signal } = deploying;
  onEvent?.({ kind: 'step', message: `reading the policies of ${listed(apps)}` });
  const { observed } = await readApps(org, manifest.org.api_version, signal ? { signal } : {});
  for (const write of phase.writes.filter((each) => isPolicy(each) && apps.has(appNamedBy(each)))) {
    const live = presentComponent(observed.apps.get(appNamedBy(write)), write.type);
    if (live) names.set(write, live.fullName);
  }
}

/** Takes the apps away again. Their keys are minutes old, and no one has received them. */
async function remove(
  apps: ReadonlySet<string>,
  phase: Phase,
  deploying: DeployingApps,
): Promise<{ readonly gone: boolean; readonly remarks: readonly Diagnostic[] }> {
  const plan = { ...phase.plan, title: 'removing the new client apps', apps: [...apps] };
  const deletes = [...apps].map((apiName) => ({ type: HEADER, apiName, path: deploying.manifest.org.path }));
  const removal: Phase = { ...phase, plan, writes: [], deletes };
  let refused: readonly Diagnostic[];
  try {
    const outcome = await deployPhase(removal, deploying);
    if (outcome.status === 'succeeded') return { gone: true, remarks: [removed(apps, deploying)] };
    refused = deployProblems(outcome, { writes: [], deletes: [] }, deploying.manifest);
  } catch (error) {
    if (!isOrgError(error)) throw error;
    return { gone: false, remarks: [remains(apps, deploying, error.message)] };
  }
  return { gone: false, remarks: [remains(apps, deploying, 'Salesforce refused it'), ...refused] };
}

const removed = (apps: ReadonlySet<string>, { manifest }: DeployingApps): Diagnostic =>
  diagnose('new-app-removed', { path: manifest.org.path }, { apps: listed(apps) });

const remains = (apps: ReadonlySet<string>, { manifest }: DeployingApps, why: string): Diagnostic =>
  diagnose('new-app-remains', { path: manifest.org.path }, { apps: listed(apps), reason: why });

const listed = (apps: ReadonlySet<string>): string => [...apps].join(', ');

const unlessDone = (apps: ReadonlySet<string>): string =>
  `Unless it went through, the org has the new apps closed to every client, without the declared policies, or not at ` +
  `all: ${listed(apps)}. The next plan shows what is left to do`;

const stayClosed = (apps: ReadonlySet<string>): string =>
  `The org has the new apps closed to every client, without the declared policies: ${listed(apps)}. The next plan shows ` +
  'what is left to do';

/** @param remains The org holds something of it, whatever became of the call that failed. */
const withWords = ({ kind, message, remedy, errorCode, inDoubt }: OrgError, words: string, remains = false): OrgError =>
  new OrgError(kind, `${message.replace(/\.$/, '')}. ${words}`, remedy, { errorCode, inDoubt: inDoubt || remains });
