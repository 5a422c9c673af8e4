import type { PhaseName } from '../metadata/phases';
import type { FieldChange, OrgPlan, PhasePlan } from '../plan/plan';
import { fullNames } from '../plan/teardown';
import { diagnose } from '../values/diagnose';
import { ClientAppsError } from '../values/diagnostic';
import type { OrgReceipt } from './types';

/** Version of the shape of journals; an unknown major is refused on reading (D28). */
export const JOURNAL_FORMAT_VERSION = '1.1';

/**
 * How far a deploy got. `announced`: it is about to be sent, or was sent and not answered. `accepted`: the org has it,
 * under its id. `failed`: nothing of it was kept.
 */
export interface JournalDeploy {
  /** Which phase it is, for programs. */
  readonly phase: PhaseName;
  /** Which phase it is, for people. */
  readonly title: string;
  /** How far the deploy got, as far as this program learned it. */
  readonly state: 'announced' | 'accepted' | 'succeeded' | 'failed';
  /** `0Af…`, as soon as the org has named it. */
  readonly id?: string;
}

/**
 * What an apply is about to do to one org, and how far it came. It exists from before the first deploy until the receipt
 * is kept, so that whoever comes after a process that died knows what may be in the org. Never a secret.
 */
export interface ApplyJournal {
  /** Version of the shape of this document, major and minor: `1.1`. An unknown major is refused on reading. */
  readonly format_version: string;
  /** Name of the org: the construct id. */
  readonly org: string;
  /** Organization id, 18 characters. */
  readonly org_id: string;
  /** Owner of the apps in the org: `<stack>/<org>`. */
  readonly manifest_id: string;
  /** Digest of the plan that is carried out. */
  readonly plan_digest: string;
  /** ISO time. */
  readonly begun: string;
  /** The deploys that were planned, in their order. */
  readonly phases: readonly { readonly name: PhaseName; readonly title: string }[];
  /** API names of the apps that did not exist before. */
  readonly created: readonly string[];
  /** The apps that were to be deleted, as `Type:name`. Absent: none. */
  readonly deleted?: readonly string[];
  /** What was opened in the org for these apps, and goes back to what it was before if they are not written. */
  readonly opened: readonly FieldChange[];
  /** The deploys that were announced, in their order. */
  readonly deploys: readonly JournalDeploy[];
}

/** Where a journal is kept. */
export interface JournalPort {
  /** ISO time at which this apply began. */
  readonly begun: string;
  /** Keeps it in place of the last one, so that a power cut afterward does not lose it. @throws where it cannot. */
  readonly save: (journal: ApplyJournal) => void | Promise<void>;
}

/** One announced deploy. What becomes of it is noted as far as that is possible: the deploy itself must not suffer. */
export interface Announced {
  /** The org took it, and named it. */
  readonly accepted: (id: string) => Promise<void>;
  /** It is about to be sent once more: the id that it had is that of a deploy which is over. */
  readonly again: () => Promise<void>;
  /** It is over, this way. */
  readonly ended: (state: 'succeeded' | 'failed') => Promise<void>;
}

/** Keeps the journal of one apply up to date. */
export interface Recorder {
  /** To be awaited before the deploy is sent. @throws ClientAppsError where it cannot be kept, and `must` asks for it. */
  readonly announce: (phase: PhasePlan, path: string) => Promise<Announced>;
  /** For what has to be sent in any case, because it undoes something. */
  readonly leniently: Recorder;
  /** Everything of this apply was put back: nothing is unfinished but apps that an earlier one created. */
  readonly undone: () => Promise<void>;
}

/** @param earlier The journal of an apply that was cut off: what it did is a part of what this one finishes. */
export function recorder(plan: OrgPlan, port: JournalPort, earlier?: ApplyJournal): Recorder {
  let journal = begin(plan, port.begun, earlier);
  const save = async (next: ApplyJournal): Promise<void> => {
    journal = next;
    await port.save(journal);
  };
  const saveIfPossible = (next: ApplyJournal): Promise<void> => save(next).catch(() => undefined);
  const announce = async (phase: PhasePlan, keep: typeof save): Promise<Announced> => {
    const index = journal.deploys.length;
    const { name, title } = phase;
    const announced = { phase: name, title, state: 'announced' } as const;
    await keep({ ...journal, deploys: [...journal.deploys, announced] });
    const note = (become: (deploy: JournalDeploy) => JournalDeploy): Promise<void> =>
      saveIfPossible({
        ...journal,
        deploys: journal.deploys.map((each, at) => (at === index ? become(each) : each)),
      });
    return {
      accepted: (id) => note((deploy) => ({ ...deploy, state: 'accepted', id })),
      again: () => note(() => announced),
      ended: (state) => note((deploy) => ({ ...deploy, state })),
    };
  };
  const lenient: Recorder = {
    announce: (phase) => announce(phase, saveIfPossible),
    undone: () => saveIfPossible({ ...journal, opened: [], ...leftByEarlier(plan, earlier) }),
    get leniently() {
      return lenient;
    },
  };
  return {
    ...lenient,
    announce: (phase, path) =>
      announce(phase, (next) =>
        save(next).catch((error: unknown) => {
          // It is not sent, so no later note may say that it may have been.
          journal = { ...journal, deploys: journal.deploys.slice(0, -1) };
          throw notKept(path, error);
        }),
      ),
    leniently: lenient,
  };
}

const notKept = (path: string, error: unknown): ClientAppsError => {
  const reason = error instanceof Error ? error.message : String(error);
  return new ClientAppsError('REFUSED', [diagnose('journal-not-kept', { path }, { reason })], { cause: error });
};

function begin(plan: OrgPlan, begun: string, earlier: ApplyJournal | undefined): ApplyJournal {
  const created = plan.apps.filter(({ action }) => action === 'create').map(({ api_name: name }) => name);
  const deleted = [
    ...new Set([
      ...(earlier?.deleted ?? []),
      ...fullNames({ apps: plan.apps.filter(({ action }) => action === 'delete') }),
    ]),
  ];
  const enabling = plan.phases.filter(({ name }) => name === 'enable').flatMap(({ settings }) => settings);
  const changes = plan.settings.flatMap((record) => record.changes);
  const opened = changes.filter((change) => enabling.includes(keyOf(change)));
  const still = (earlier?.opened ?? []).filter((change) => !opened.some((each) => keyOf(each) === keyOf(change)));
  return {
    format_version: JOURNAL_FORMAT_VERSION,
    org: plan.org,
    org_id: plan.org_id,
    manifest_id: plan.manifest.id,
    plan_digest: earlier?.plan_digest ?? plan.digest,
    begun: earlier?.begun ?? begun,
    phases: distinct([...(earlier?.phases ?? []), ...plan.phases.map(({ name, title }) => ({ name, title }))]),
    created: [...new Set([...(earlier?.created ?? []), ...created])],
    ...(deleted.length > 0 && { deleted }),
    opened: [...still, ...opened],
    deploys: earlier?.deploys ?? [],
  };
}

/** Apps that the apply before this one created, and that are there: no receipt has them yet. */
function leftByEarlier(
  { apps }: OrgPlan,
  earlier: ApplyJournal | undefined,
): Pick<ApplyJournal, 'created' | 'deploys'> {
  const missing = new Set(apps.filter(({ action }) => action === 'create').map(({ api_name: name }) => name));
  const created = (earlier?.created ?? []).filter((name) => !missing.has(name));
  return { created, deploys: created.length > 0 ? (earlier?.deploys ?? []) : [] };
}

const distinct = (phases: ApplyJournal['phases']): ApplyJournal['phases'] => [
  ...new Map(phases.map((phase) => [phase.name, phase])).values(),
];

const keyOf = ({ type, field }: Pick<FieldChange, 'type' | 'field'>): string => `${type}.${field}`;

/** True where nothing was left that someone has to know: no deploy in doubt, and nothing opened for apps that failed. */
export function isFinished({ phases = [] }: OrgReceipt): boolean {
  const appsMissing = phases.some(({ name, state }) => name === 'apps' && state !== 'done');
  return phases.every(
    ({ name, state }) => state !== 'in-doubt' && !(name === 'enable' && state === 'done' && appsMissing),
  );
}

/** True where the apply that kept it has put everything back, or had sent nothing. */
export const isEmpty = ({ created, opened, deploys }: ApplyJournal): boolean =>
  deploys.length === 0 && created.length === 0 && opened.length === 0;

/** Deploys that no one knows the end of. */
export const openDeploys = ({ deploys }: ApplyJournal): readonly JournalDeploy[] =>
  deploys.filter(({ state }) => state === 'announced' || state === 'accepted');
