import { canonicalJson } from '../metadata/digest';
import { APP_TYPES, everyApp, fullNameOf } from '../metadata/live-app';
import type { ObservedOrg } from '../metadata/observed';
import type { CallOptions, DeployProgress, DeployStanding, Org } from '../org/org';
import type { Phase } from '../plan/phases';
import type { FieldChange } from '../plan/plan';
import type { ItemDraft } from '../plan/plan-item';
import type { Approval } from '../plan/unreviewed';
import { diagnose } from '../values/diagnose';
import { followDeploys, type Followed } from './follow-deploys';
import { type ApplyJournal, type JournalDeploy, openDeploys } from './journal';
import { deletedReceipt } from './receipt';
import type { OnEvent, OrgReceipt } from './types';

/** A journal that was found, and how the org stands about the deploys in it. */
export interface Unfinished extends Followed<JournalDeploy> {
  /** With the ends of the deploys that the org told. */
  readonly journal: ApplyJournal;
}

interface Following extends CallOptions {
  readonly org: Org;
  readonly apiVersion: number;
  /** Waits for deploys that are under way. */
  readonly wait: boolean;
  readonly onEvent?: OnEvent;
}

/** Asks the org about the deploys of an apply that was cut off. Writes nothing. @throws OrgError */
export async function followJournal(
  journal: ApplyJournal,
  { org, apiVersion, wait, onEvent, signal }: Following,
): Promise<Unfinished> {
  const follow = (id: string, { phase, title }: JournalDeploy): Promise<DeployStanding> => {
    onEvent?.({ kind: 'step', message: `looking for deploy ${id} of an unfinished apply: ${title}` });
    const onProgress = onEvent && ((progress: DeployProgress) => onEvent({ kind: 'deploy', phase, progress }));
    const options = { ...(signal && { signal }), ...(onProgress && { onProgress }) };
    return org.followDeploy({ id, apiVersion, wait }, options);
  };
  const asking = { org, apiVersion, ...(signal && { signal }) };
  const followed = await followDeploys(openDeploys(journal), asking, follow);
  const deploys = journal.deploys.map((each): JournalDeploy => {
    const status = followed.standing.get(each.id ?? '')?.status;
    return status === 'succeeded' || status === 'failed' ? { ...each, state: status } : each;
  });
  return { ...followed, journal: { ...journal, deploys } };
}

/**
 * Waits until no deploy runs in the org, whoever sent it: Salesforce does one after the other, so that ours would wait
 * as well, and what is read before its turn would be old by then. Where the org does not tell, nothing is waited for.
 * @returns Ids of the deploys that were waited for.
 * @throws OrgError
 */
export async function waitForDeploys({
  org,
  apiVersion,
  onEvent,
  signal,
}: Omit<Following, 'wait'>): Promise<readonly string[]> {
  const options = { ...(signal && { signal }) };
  const queue = await org.runningDeploys(apiVersion, options);
  const ids = 'ids' in queue ? queue.ids : [];
  for (const id of ids) {
    onEvent?.({ kind: 'step', message: `waiting for deploy ${id}, which is running in the org` });
    await org.followDeploy({ id, apiVersion, wait: true }, options);
  }
  return ids;
}

const keyOf = ({ type, field }: Pick<FieldChange, 'type' | 'field'>): string => `${type}.${field}`;

/**
 * What the apply that was cut off has opened for its apps and is still open, as a phase that was done: if the apps come
 * to nothing, these fields go back to what they were, and no other field of the record as it is now.
 */
export function openedBefore({ opened }: ApplyJournal, items: readonly ItemDraft[]): Phase | undefined {
  const records = items.flatMap(({ live, plan }) => {
    const changes = opened.filter(({ type, field, after }) => {
      if (type !== plan.type || after.state !== 'value') return false;
      return canonicalJson(live?.fields[field] ?? null) === canonicalJson(after.value);
    });
    if (!live || changes.length === 0) return [];
    const fields = new Map(Object.entries(live.fields));
    for (const { field, before } of changes) {
      if (before.state === 'value') fields.set(field, before.value);
      else fields.delete(field);
    }
    return [{ live, changes, before: { ...live, fields: Object.fromEntries(fields) } }];
  });
  if (records.length === 0) return undefined;
  return {
    plan: {
      name: 'enable',
      title: 'Org settings that the apps need, opened before',
      settings: records.flatMap(({ changes }) => changes.map(keyOf)),
      records: [],
      apps: [],
    },
    writes: records.map(({ live }) => live),
    deletes: [],
    packagedApps: new Set(),
    before: records.map(({ before }) => before),
  };
}

/**
 * The new apps that were cut off between being made, closed, and being opened with their policies. That they are opened
 * is a part of what was agreed to then.
 */
export const approvalToFinish = (approval: Approval, earlier: ApplyJournal | undefined): Approval =>
  earlier ? { ...approval, opensLeftClosed: [...(approval.opensLeftClosed ?? []), ...leftClosed(earlier)] } : approval;

function leftClosed({ created, deploys, phases }: ApplyJournal): readonly string[] {
  const title = phases.find(({ name }) => name === 'apps')?.title;
  const whole = deploys.some((each) => each.phase === 'apps' && each.title === title && each.state === 'succeeded');
  return whole ? [] : created;
}

/**
 * The receipt of an apply that finished another one: what the other one created and deleted is reported now, because nothing was
 * reported then.
 * @param observed The org before this apply.
 */
export function finishing(
  receipt: OrgReceipt,
  { begun, created, deleted = [] }: ApplyJournal,
  { path, observed }: { readonly path: string; readonly observed: ObservedOrg },
): OrgReceipt {
  const there = new Set([...everyApp(observed).map(fullNameOf), ...receipt.apps.map(({ api_name: name }) => name)]);
  const gone = deleted
    .map((full) => ({ full, name: full.slice(full.indexOf(':') + 1) }))
    .filter(({ full, name }) => !there.has(full) && !there.has(name));
  // What was not read may be there.
  const isSeen = (full: string): boolean =>
    observed.connectedAppsUnread === undefined || !full.startsWith(`${APP_TYPES['connected-app']}:`);
  return {
    ...receipt,
    apps: [
      ...receipt.apps.map((app) => {
        const known = app.action === 'unchanged' || app.action === 'updated';
        return known && created.includes(app.api_name) ? { ...app, action: 'created' as const } : app;
      }),
      ...gone.map(({ full, name }) => deletedReceipt({ api_name: name, path }, isSeen(full) ? 'deleted' : 'unknown')),
    ],
    remarks: [...receipt.remarks, diagnose('apply-finished', { path }, { begun })],
  };
}
