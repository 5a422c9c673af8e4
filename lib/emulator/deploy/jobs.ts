import type { Files } from '../../metadata/package/zip';
import { sameId } from '../../values/record-id';
import { recordId } from '../ids';
import type { OrgUser } from '../state';
import type { DeployOptions } from './options';
import type { DeployOutcome } from './reduce';

export type DeployStatus =
  | 'Pending'
  | 'InProgress'
  | 'Finalizing'
  | 'FinalizingDeploy'
  | 'Succeeded'
  | 'SucceededPartial'
  | 'Failed'
  | 'Canceling'
  | 'Canceled';

export interface JobFailure {
  /** A StatusCode of the Metadata API. */
  readonly code: string;
  readonly message: string;
}

/** One deploy request on its way. */
export interface DeployJob {
  readonly id: string;
  /** Whose session asked for it. */
  readonly user: OrgUser | undefined;
  /** Whose session canceled it. */
  canceledBy?: OrgUser | undefined;
  readonly canceled?: Cancellation;
  readonly options: DeployOptions;
  readonly zipSize: number;
  readonly createdDate: string;
  status: DeployStatus;
  startDate?: string;
  completedDate?: string;
  lastModifiedDate: string;
  polls: number;
  outcome?: KeptOutcome;
  /** A problem of the job itself, not of a component. */
  failure?: JobFailure;
  /** Gone once no one can deploy them any more: large packages would stay for the life of the process. */
  files: Files;
  readonly numberFiles: number;
  /** Runs the reducer and keeps the org it gives. */
  readonly run: (job: DeployJob) => KeptOutcome;
}

/** What came of it, without the org, which is kept elsewhere. */
export type KeptOutcome = Omit<DeployOutcome, 'org'>;

const NO_FILES: Files = new Map();

/** That someone cancels a deploy without being asked by its sender. */
export interface Cancellation {
  readonly while: 'Pending' | 'InProgress';
  readonly by: OrgUser | undefined;
}

export interface DeployRequest extends Pick<DeployJob, 'user' | 'options' | 'files' | 'zipSize' | 'run' | 'canceled'> {
  readonly failure?: JobFailure;
}

export interface DeployQueue {
  add(request: DeployRequest): DeployJob;
  find(id: string): DeployJob | undefined;
  all(): readonly DeployJob[];
  /** The job as this status call sees it; counts the call. */
  poll(id: string): { readonly job: DeployJob; readonly status: DeployStatus } | undefined;
  /** Undefined when canceled, else why not. */
  cancel(id: string, user: OrgUser | undefined): JobFailure | undefined;
  /** Finishes what is over by the org’s clock, which someone has moved. */
  elapsed(): void;
  /** Drops every job, also the one that runs: the org that had them is another one now. */
  forget(): void;
  close(): void;
}

export interface QueueSettings {
  /** How long a job runs once it is its turn. */
  readonly deployMs: number;
  readonly unfinishedPolls: number;
  readonly finalizing?: 'Finalizing' | 'FinalizingDeploy';
  readonly now: () => string;
  /** Number of the first job’s id: ids of an earlier run must not name jobs of this one. */
  readonly firstNumber: number;
}

/** Deploys run one at a time, in the order of their arrival; the others wait. */
export function createDeployQueue(settings: QueueSettings): DeployQueue {
  const jobs: DeployJob[] = [];
  const waiting: DeployJob[] = [];
  let running: { readonly job: DeployJob; readonly timer: NodeJS.Timeout } | undefined;
  let closed = false;
  let number = settings.firstNumber;

  const touch = (job: DeployJob, status: DeployStatus): void => {
    job.status = status;
    job.lastModifiedDate = settings.now();
  };
  const next = (): void => {
    const job = waiting.shift();
    if (job === undefined || closed) return;
    touch(job, 'InProgress');
    job.startDate = settings.now();
    running = { job, timer: setTimeout(() => finish(job), settings.deployMs) };
  };
  const cancel = (job: DeployJob, by: OrgUser | undefined): void => {
    touch(job, 'Canceled');
    job.canceledBy = by;
    job.completedDate = job.lastModifiedDate;
    job.files = NO_FILES;
  };
  const finish = (job: DeployJob): void => {
    if (running) clearTimeout(running.timer);
    running = undefined;
    if (job.canceled) cancel(job, job.canceled.by);
    else carryOut(job);
    next();
  };
  const carryOut = (job: DeployJob): void => {
    if (job.failure === undefined) {
      try {
        job.outcome = job.run(job);
      } catch (error) {
        // The state file cannot be written, or a defect of the emulator: the job fails, nothing hangs.
        job.failure = { code: 'UNKNOWN_EXCEPTION', message: error instanceof Error ? error.message : String(error) };
      }
    }
    touch(job, job.outcome?.status ?? 'Failed');
    job.completedDate = job.lastModifiedDate;
    // A validation may be deployed later on.
    if (!job.options.checkOnly || job.status !== 'Succeeded') job.files = NO_FILES;
  };
  /** What a status call sees of a job that someone canceled: how it was, that it is being canceled, that it is. */
  const seenCanceled = ({ polls, canceled }: DeployJob): DeployStatus => {
    const before = Math.max(1, settings.unfinishedPolls);
    if (canceled === undefined || polls > before + 1) return 'Canceled';
    return polls > before ? 'Canceling' : canceled.while;
  };
  const find = (id: string): DeployJob | undefined => jobs.find((job) => sameId(job.id, id));

  return {
    add: (request) => {
      const now = settings.now();
      const job: DeployJob = {
        ...request,
        numberFiles: request.files.size,
        id: recordId('0Af', number++),
        createdDate: now,
        status: 'Pending',
        lastModifiedDate: now,
        polls: 0,
      };
      jobs.push(job);
      if (job.canceled?.while === 'Pending') {
        cancel(job, job.canceled.by);
        return job;
      }
      waiting.push(job);
      if (running === undefined) next();
      return job;
    },
    find,
    all: () => jobs,
    poll: (id) => {
      const job = find(id);
      if (job === undefined) return undefined;
      job.polls += 1;
      if (job.status === 'Canceled') return { job, status: seenCanceled(job) };
      const done = job.completedDate !== undefined;
      if (!done || job.polls > settings.unfinishedPolls + (settings.finalizing === undefined ? 0 : 1)) {
        return { job, status: job.status };
      }
      return {
        job,
        status: job.polls > settings.unfinishedPolls ? (settings.finalizing ?? 'InProgress') : 'InProgress',
      };
    },
    cancel: (id, user) => {
      const job = find(id);
      if (job === undefined) return { code: 'INVALID_ID_FIELD', message: 'Invalid deploy ID' };
      if (job.completedDate !== undefined) return { code: 'INVALID_ID_FIELD', message: 'Deployment already completed' };
      cancel(job, user);
      waiting.splice(0, waiting.length, ...waiting.filter((other) => other !== job));
      if (running?.job === job) {
        clearTimeout(running.timer);
        running = undefined;
        next();
      }
      return undefined;
    },
    elapsed: () => {
      while (running && Date.parse(settings.now()) >= Date.parse(running.job.startDate ?? '') + settings.deployMs) {
        finish(running.job);
      }
    },
    forget: () => {
      if (running) clearTimeout(running.timer);
      running = undefined;
      jobs.length = 0;
      waiting.length = 0;
    },
    close: () => {
      closed = true;
      if (running) clearTimeout(running.timer);
    },
  };
}
