import { METADATA_NAMESPACE, parseXml } from '../../metadata/package/xml';
import type { Files } from '../../metadata/package/zip';
import type { OrgState } from '../state';
import { apply, fails } from './apply';
import type { Candidate, ChangeEnvironment } from './change';
import { componentMessage, type DeployMessage, error } from './messages';
import type { DeployOptions } from './options';
import { readFields } from './read-fields';
import { type PackagedFile, readPackage } from './read-package';

export type FinalStatus = 'Succeeded' | 'SucceededPartial' | 'Failed';

export interface DeployOutcome {
  /** The org afterward: the one given when nothing was kept. */
  readonly org: OrgState;
  readonly status: FinalStatus;
  readonly messages: readonly DeployMessage[];
  /** Components in the package, package.xml not counted. */
  readonly total: number;
  readonly files: number;
}

/**
 * One deploy: a package against an org. Pure, and all or nothing unless `rollbackOnError` is false; a check-only deploy
 * gives the same messages and the org unchanged.
 */
export function reduceDeploy(
  base: OrgState,
  files: Files,
  options: DeployOptions,
  env: ChangeEnvironment,
): DeployOutcome {
  const read = readPackage(files, { ...options, latestVersion: env.switches.latestApiVersion });
  const warningsFail = !options.ignoreWarnings;
  const parsed = read.files.map((file) => parseFile(file, read.version));
  const candidates = parsed.flatMap(({ candidate }) => (candidate === undefined ? [] : [candidate]));
  const unreadable = parsed.flatMap(({ messages }) => messages);
  const change = { candidates, deleteFirst: read.deleteFirst, deleteLast: read.deleteLast };
  const partial = !options.rollbackOnError && read.problems.length === 0;
  const applied = apply(base, change, env, { warningsFail, partial });
  const messages = [...read.problems, ...unreadable, ...applied.messages];
  const failed = messages.some((message) => fails(message, { warningsFail }));
  const kept = messages.some((message) => message.success && message.problem === undefined);
  const status: FinalStatus = !failed ? 'Succeeded' : partial && kept ? 'SucceededPartial' : 'Failed';
  const org = status === 'Failed' || options.checkOnly ? base : applied.org;
  return {
    org,
    status,
    messages:
      status === 'Failed' && !env.switches.rollbackListsSuccesses ? messages.filter((one) => !one.success) : messages,
    total: parsed.length + read.deleteFirst.length + read.deleteLast.length + read.problems.length,
    files: files.size,
  };
}

interface ParsedFile {
  readonly candidate?: Candidate;
  readonly messages: readonly DeployMessage[];
}

/** One component file; a file with any problem is not a candidate. */
function parseFile(file: PackagedFile, version: number): ParsedFile {
  const document = parseXml(file.text);
  if (!document.ok) {
    const problem = {
      ...error(`Error parsing file: ${document.error.problem}`),
      position: { line: document.error.line, column: 1 },
    };
    return { messages: [componentMessage(file, problem)] };
  }
  const root = document.value;
  if (root.name !== file.type.name || root.namespace !== METADATA_NAMESPACE) {
    const text = `Error parsing file: the root element must be ${file.type.name} of ${METADATA_NAMESPACE}, not ${root.name}`;
    return { messages: [componentMessage(file, { ...error(text), position: { line: root.line, column: 1 } })] };
  }
  const { fields, problems, positions } = readFields(root, file.type.name, version, file.text);
  if (problems.length > 0) return { messages: problems.map((problem) => componentMessage(file, problem)) };
  const { type, fullName, path } = file;
  return { candidate: { type, fullName, path, given: fields, version, positions }, messages: [] };
}
