import { sameId } from '../../values/record-id';
import { recordId } from '../ids';
import type { FileProperties } from './files';

/** One retrieve: its result is ready at once, but status calls see it unfinished first, as with the real service. */
export interface RetrieveJob {
  readonly id: string;
  readonly properties: readonly FileProperties[];
  readonly messages: readonly { readonly fileName: string; readonly problem: string }[];
  readonly failure?: { readonly code: string; readonly message: string };
  zip?: Buffer;
  polls: number;
}

export interface RetrieveJobs {
  add(job: Omit<RetrieveJob, 'id' | 'polls'>): RetrieveJob;
  /** The job for a status call; counts the call. */
  poll(id: string): RetrieveJob | undefined;
  /** Drops every job: the org that had them is another one now. */
  forget(): void;
}

/** Zips that no one has fetched: those of older retrieves are deleted, as Salesforce deletes them after a day. */
const ZIPS_KEPT = 50;

/** Retrieves by id; `firstNumber` keeps ids of an earlier run from naming jobs of this one. */
export function createRetrieveJobs(firstNumber: number): RetrieveJobs {
  const jobs: RetrieveJob[] = [];
  let number = firstNumber;
  return {
    add: (content) => {
      const job: RetrieveJob = { ...content, id: recordId('09S', number++), polls: 0 };
      jobs.push(job);
      delete jobs[jobs.length - 1 - ZIPS_KEPT]?.zip;
      return job;
    },
    poll: (id) => {
      const job = jobs.find((one) => sameId(one.id, id));
      if (job !== undefined) job.polls += 1;
      return job;
    },
    forget: () => {
      jobs.length = 0;
    },
  };
}
