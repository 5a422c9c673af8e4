import { liveApp, liveText } from '../../metadata/live-app';
import type { ObservedOrg } from '../../metadata/observed';
import { discardStaged } from '../../operations/finish-rotation';
import { credentialsOf, type Receiver, stageOnly } from '../../operations/rotate-staged';
import { opensWithoutConsent, SECRET_SWITCH } from '../../operations/secret-access';
import type { Session } from '../org/session';
import type { Answered, Planned, TerraformDiagnostic } from '../resource';
import { errorDiagnostics } from '../terraform-diagnostic';
import { isUnknown, text, Unknown, type Values } from '../wire/value';
import { inRotation } from './access';

/** A step of a rotation is on record in Terraform's state alone; without its app there is none. */
export async function readStep(state: Values, session: Session): Promise<Answered> {
  const { observed } = await session.reading();
  return { state: appOf(state, observed) ? state : null, diagnostics: [] };
}

const appOf = (of: Values, observed: ObservedOrg) =>
  liveApp(observed, { platform: 'external-client-app', api_name: text(of['api_name']) ?? '' });

/** New credentials are staged where the text of `rotation` is another one. What was staged stays known otherwise. */
export async function planStaging(
  prior: Values | undefined,
  config: Values | undefined,
  session: Session,
): Promise<Planned> {
  if (!config) return { state: null, diagnostics: prior ? [discards(prior)] : [] };
  const renamed = prior !== undefined && prior['api_name'] !== config['api_name'];
  const stages = prior === undefined || renamed || prior['rotation'] !== config['rotation'];
  if (!stages) session.plansNoStaging(text(prior['consumer_key']) ?? '');
  const keys = stages
    ? { consumer_key: new Unknown(), former_consumer_key: new Unknown() }
    : { consumer_key: prior['consumer_key'] ?? null, former_consumer_key: prior['former_consumer_key'] ?? null };
  return {
    state: { ...config, ...keys },
    requiresReplace: renamed ? ['api_name'] : [],
    diagnostics: [...(stages ? await mayStage(config, session) : []), ...(await leftOn(config, session))],
  };
}

/** What an apply would refuse, as far as a plan can see it. */
export async function mayStage(config: Values, session: Session): Promise<readonly TerraformDiagnostic[]> {
  if ((await secretAccess(config, session)) !== 'off' || config['open_secret_access'] === true) return [];
  return errorDiagnostics(opensWithoutConsent(text(config['api_name']) ?? ''), 'planning').map((diagnostic) => ({
    ...diagnostic,
    attribute: ['open_secret_access'],
  }));
}

/** Who lets applies switch it on and off expects it off: an apply that was killed may have left it on. */
async function leftOn(config: Values, session: Session): Promise<readonly TerraformDiagnostic[]> {
  if (config['open_secret_access'] !== true || (await secretAccess(config, session)) !== 'on') return [];
  const detail =
    'Consumer secrets of the whole org can be read through the REST API. Applies leave that setting as they find it. If no one turned ' +
    'it on intentionally, an interrupted apply may have: turn it off in Setup > External Client App Settings.';
  return [
    { severity: 'warning', summary: 'The access to consumer secrets is on', detail, attribute: ['open_secret_access'] },
  ];
}

/** Undefined where it is not known. */
async function secretAccess(config: Values, session: Session): Promise<'on' | 'off' | undefined> {
  if (!session.reachable || isUnknown(config['api_name']) || isUnknown(config['open_secret_access'])) return undefined;
  const settings = (await session.expected()).observed.settings['ExternalClientAppSettings'];
  if (settings?.state !== 'present') return undefined;
  return settings.component.fields[SECRET_SWITCH] === true ? 'on' : 'off';
}

const discards = (prior: Values): TerraformDiagnostic => ({
  severity: 'warning',
  summary: 'Staged credentials are deleted, unless they are in use by then',
  detail: `${text(prior['api_name']) ?? ''}: those with the consumer key ${text(prior['consumer_key']) ?? ''}. Clients that were given them can no longer log in with them.`,
});

/** Stages and proves new credentials, whose secret stays in this process, for what of this very apply asks for it. */
export async function applyStaging(
  change: { readonly prior: Values | undefined; readonly planned: Values | undefined },
  session: Session,
): Promise<Answered> {
  const { prior, planned } = change;
  if (!planned) return discard(prior ?? {}, session);
  if (!isUnknown(planned['consumer_key'])) return { state: planned, diagnostics: [] };
  const apiName = text(planned['api_name']) ?? '';
  const receiver: Receiver = {
    handOver: ({ key, secret }) => {
      session.secrets.set(key, secret);
      return Promise.resolve(undefined);
    },
    acceptUnproved: () => Promise.resolve(planned['accept_unproved'] === true),
    onStep: ({ state, newKey }) =>
      session.log(`rotation of ${apiName}: ${state}${newKey === undefined ? '' : ` ${newKey}`}`),
    onWaiting: () => session.log('waiting until Salesforce knows the new credentials (up to 10 minutes)'),
  };
  const agreed = planned['open_secret_access'] === true;
  const { value, diagnostics } = await inRotation(session, {
    apiName,
    agreed,
    prior,
    work: (rotation) => stageOnly(rotation, receiver),
  });
  const keys = { consumer_key: value.newKey, former_consumer_key: value.formerKey };
  return { state: { ...planned, ...keys }, diagnostics };
}

/** Deletes what was staged and never taken in use; everything else stays. */
async function discard(prior: Values, session: Session): Promise<Answered> {
  const key = text(prior['consumer_key']);
  const { observed } = await session.reading();
  const live = appOf(prior, observed);
  if (!live || liveText(live, 'consumerKey') === key) return { state: null, diagnostics: [] };
  const { diagnostics } = await inRotation(session, {
    apiName: live.apiName,
    agreed: prior['open_secret_access'] === true,
    prior,
    work: async (rotation) => {
      const { staged } = await credentialsOf(rotation);
      if (staged?.key === key && staged?.state === 'Active') {
        await discardStaged(rotation, { cutOff: undefined, leftOpen: false, isOver: false });
      }
    },
  });
  return { state: null, diagnostics };
}
