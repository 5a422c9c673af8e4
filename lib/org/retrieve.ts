import type { Package } from 'jsforce/lib/api/metadata.js';
import { z } from 'zod';

import { formatApiVersion } from '../metadata/api-version';
import { type Files, readZip } from '../metadata/package/zip';
import { sameId } from '../values/record-id';
import type { Door } from './door';
import type { CallOptions, RetrieveAnswer, RetrieveRequest } from './org';
import { isOrgError, OrgError } from './org-error';
import { poll, type PollSettings } from './poll';
import { scrub } from './scrub';

/** The Metadata API's own limit for one retrieve. */
const MAX_FILES = 10_000;

const RecordId = z.string().regex(/^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/);
export const Job = z.object({ id: RecordId });
// jsforce fills in what an answer lacks, with empty texts, false and empty lists: only what it cannot invent counts.
const Status = z.object({
  id: z.string().min(1),
  done: z.boolean(),
  status: z.string().min(1),
  success: z.boolean(),
  errorMessage: z.string().nullish(),
  errorStatusCode: z.string().nullish(),
  messages: z.array(z.object({ fileName: z.string(), problem: z.string() })),
  fileProperties: z.array(
    z.object({ fileName: z.string(), id: z.string().nullish(), lastModifiedDate: z.string().nullish() }),
  ),
  zipFile: z.string().nullish(),
});
type Finished = z.infer<typeof Status>;

/** Reads metadata as files, by SOAP, the only protocol that can. */
export async function retrieve(
  door: Door,
  request: RetrieveRequest,
  settings: PollSettings,
  { signal }: CallOptions = {},
): Promise<RetrieveAnswer> {
  const run = (): Promise<Finished | undefined> => runJob(door, request, settings, signal);
  const result = (await run()) ?? (await run());
  if (result === undefined) throw senseless('the zip was lost in transit twice');
  const { files, problems, secrets } = scrub(await unpack(result));
  door.learn(secrets);
  const ids = byPath(result, ({ id }) => RecordId.safeParse(id).data);
  const changed = byPath(result, ({ lastModifiedDate: time }) => timeOf(time));
  const refusal = result.messages.map(({ fileName, problem }) => ({ fileName, problem: door.redact(problem) }));
  return { files, ids, changed, problems: [...refusal, ...problems] };
}

/** What the answer says of each file, where it says it. */
function byPath(
  { fileProperties }: Finished,
  factOf: (file: Finished['fileProperties'][number]) => string | undefined,
): ReadonlyMap<string, string> {
  return new Map(
    fileProperties.flatMap((file) => {
      const fact = factOf(file);
      return fact === undefined ? [] : [[decoded(plainPath(file.fileName)), fact] as const];
    }),
  );
}

/** No org is older than Salesforce: for records without a date an org gives the start of 1970. */
const FIRST_ORG = Date.UTC(1999, 0);

/** The same time in one format; undefined if it is not a time. */
function timeOf(text: string | null | undefined): string | undefined {
  const time = Date.parse(text ?? '');
  return time >= FIRST_ORG ? new Date(time).toISOString() : undefined;
}

/**
 * One job from start to end. Undefined: an answer got lost that probably carried the zip, which is handed out once; what
 * the org says to the next request, an error or a result without zip, is not documented.
 */
async function runJob(
  door: Door,
  { apiVersion, types }: RetrieveRequest,
  settings: PollSettings,
  signal: AbortSignal | undefined,
): Promise<Finished | undefined> {
  const call = { what: 'read metadata from the org', apiVersion, signal, protocol: 'soap' } as const;
  const version = formatApiVersion(apiVersion);
  // The type of jsforce asks for what only a Package component has; the schema wants types and version.
  const unpackaged = {
    types: [...types].map(([name, members]) => ({ members: [...members], name })),
    version,
  } as Package;
  const started: unknown = await door.call({ ...call, mode: 'read' }, (api) =>
    // What jsforce returns resolves to the job that was queued, not to its result.
    Promise.resolve(api.metadata.retrieve({ apiVersion, singlePackage: true, unpackaged })),
  );
  const job = Job.safeParse(started);
  if (!job.success) throw senseless('the answer names no job');
  const { id } = job.data;

  let lostAnswer = false;
  const check = async (): Promise<Finished | 'zip lost' | undefined> => {
    let answer: unknown;
    try {
      answer = await door.call({ ...call, mode: 'once' }, (api) => api.metadata.checkRetrieveStatus(id));
    } catch (error) {
      if (lostAnswer && isOrgError(error) && error.kind === 'refused') return 'zip lost';
      lostAnswer = true;
      throw error;
    }
    const status = Status.safeParse(answer);
    if (!status.success || !sameId(status.data.id, id)) {
      throw senseless('the answer to a status request is not about the job');
    }
    return status.data.done ? status.data : undefined;
  };
  const result = await poll({ check, job: 'retrieve', id, settings, clock: door.tools.clock, signal });
  if (result === 'zip lost') return undefined;
  if (!result.success || result.status !== 'Succeeded') throw failed(result, door);
  return lostAnswer && (result.zipFile ?? '') === '' ? undefined : result;
}

function failed({ status, errorStatusCode, errorMessage }: Finished, door: Door): OrgError {
  const reason = door.redact([errorStatusCode, errorMessage].filter(Boolean).join(': ') || `it ended as ${status}`);
  return new OrgError(
    'refused',
    `Could not read metadata from the org: ${reason}`,
    errorStatusCode === 'LIMIT_EXCEEDED'
      ? `ask for fewer components: one retrieve returns at most ${MAX_FILES} files`
      : "see the message; it is Salesforce's own",
    { errorCode: errorStatusCode ?? 'RETRIEVE_FAILED' },
  );
}

/** The files without `unpackaged/`, or an error: half an answer must never look like a small org. */
async function unpack({ zipFile, fileProperties }: Finished): Promise<Files> {
  if (zipFile === undefined || zipFile === null || zipFile === '') throw senseless('the job succeeded without a zip');
  if (fileProperties.length > MAX_FILES) {
    const message = `The org returned ${fileProperties.length} files, more than the ${MAX_FILES} of one retrieve`;
    throw new OrgError('refused', message, 'ask for fewer components');
  }
  const read = await readZip(Buffer.from(zipFile, 'base64'), { maxFiles: MAX_FILES });
  if (!read.ok) throw senseless(read.error);
  const files = new Map([...read.value].map(([path, content]) => [plainPath(path), content] as const));
  if (!files.has('package.xml')) throw senseless('the zip holds no package.xml');
  const present = new Set([...files.keys()].map(decoded));
  const missing = fileProperties
    .map(({ fileName }) => decoded(plainPath(fileName)))
    .filter((path) => !present.has(path));
  if (missing.length > 0) {
    throw senseless(
      `the zip lacks ${missing.length} of the files that the answer lists, among them ${missing[0] ?? ''}`,
    );
  }
  return files;
}

const plainPath = (path: string): string => path.replace(/^unpackaged\//, '');

/** Paths with unusual characters are percent-encoded in one place and not in the other. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function senseless(problem: string): OrgError {
  return new OrgError(
    'answer',
    `Could not read metadata from the org: ${problem}`,
    'try again; if it happens again, check that nothing between this machine and the org changes answers',
  );
}
