import type { XmlElement, XmlNode } from '../../metadata/package/xml';
import { writeZip } from '../../metadata/package/zip';
import { refuse } from '../context';
import { MAX_FILES } from '../deploy/start';
import { propertiesNode, retrieveFiles, type Unreadable, type Wanted } from '../retrieve/files';
import { childOf, childrenOf, result, textIn, textsIn, toNodes } from './envelope';
import { type SoapOperation, unknownJob } from './operation';

const NOT_OFFERED = ['packageNames', 'rootTypesWithDependencies', 'specificFiles'];

/** retrieve(retrieveRequest): jsforce calls the parameter `request`. */
export const retrieve: SoapOperation = async ({ context, operation, version: endpoint }) => {
  const request = childOf(operation, 'retrieveRequest') ?? childOf(operation, 'request');
  if (request === undefined) return refuse('INVALID_FIELD', 'retrieveRequest is missing');
  const other = NOT_OFFERED.find((name) => childrenOf(request, name).some(({ text }) => text.trim() !== ''));
  if (other !== undefined)
    return refuse('INVALID_FIELD', `the emulator does not retrieve by ${other}, only by unpackaged`);
  const unpackaged = childOf(request, 'unpackaged');
  if (unpackaged === undefined) return refuse('INVALID_FIELD', 'unpackaged is missing');
  const version = Number(textIn(unpackaged, 'version') ?? textIn(request, 'apiVersion') ?? endpoint);
  if (!Number.isFinite(version) || version > context.switches.latestApiVersion || version < 31) {
    return refuse('INVALID_FIELD', `Invalid version specified:${version}`);
  }
  const fault = context.faults.takeInner('retrieve', 'unreadable');
  const unreadable: Unreadable = (type, name) =>
    fault?.fullName === name && (fault.type ?? type.manifest) === type.manifest;
  const root = textIn(request, 'singlePackage') === 'true' ? '' : 'unpackaged/';
  const reader = { org: context.state(), version, switches: context.switches };
  const outcome = retrieveFiles(wantedOf(unpackaged), reader, root, unreadable);
  const tooMany = outcome.files.size > MAX_FILES;
  const job = context.retrieves.add({
    properties: outcome.properties,
    messages: outcome.messages,
    ...(tooMany
      ? {
          failure: {
            code: 'LIMIT_EXCEEDED',
            message: `${outcome.files.size} files, more than the ${MAX_FILES} allowed`,
          },
        }
      : { zip: await writeZip(outcome.files, 'STORE') }),
  });
  return [result({ done: false, id: job.id, state: 'Queued' })];
};

const wantedOf = (unpackaged: XmlElement): readonly Wanted[] =>
  childrenOf(unpackaged, 'types').map((types) => ({
    manifest: textIn(types, 'name') ?? '',
    members: textsIn(types, 'members'),
  }));

/** The schema wants the element in every answer. */
const NO_ZIP = '';

/** checkRetrieveStatus(asyncProcessId, includeZip): the zip is handed out once. */
export const checkRetrieveStatus: SoapOperation = ({ context, operation }) => {
  const id = textIn(operation, 'asyncProcessId') ?? '';
  const job = context.retrieves.poll(id);
  if (job === undefined) return unknownJob('retrieve', id);
  if (job.polls <= context.switches.unfinishedPolls) {
    const status = job.polls === 1 ? 'Pending' : 'InProgress';
    return [result({ done: false, id: job.id, status, success: false, zipFile: NO_ZIP })];
  }
  if (job.failure) {
    const { code, message } = job.failure;
    return [
      result({
        done: true,
        errorMessage: message,
        errorStatusCode: code,
        id: job.id,
        status: 'Failed',
        success: false,
        zipFile: NO_ZIP,
      }),
    ];
  }
  const wantsZip = textIn(operation, 'includeZip') !== 'false';
  if (wantsZip && job.zip === undefined) {
    return refuse('INVALID_ID_FIELD', `the result of retrieve ${id} was handed out already and is deleted`);
  }
  const zip = wantsZip ? job.zip : undefined;
  if (wantsZip) delete job.zip;
  const truncated = zip && context.faults.takeInner('checkRetrieveStatus', 'truncated-zip');
  const bytes = truncated ? zip.subarray(0, Math.floor(zip.length / 2)) : zip;
  const properties = job.properties.map((entry) => propertiesNode('fileProperties', entry, context.state()));
  const messages = job.messages.map((message): XmlNode => ({ name: 'messages', children: toNodes({ ...message }) }));
  return [
    {
      name: 'result',
      children: [
        { name: 'done', text: 'true' },
        ...properties,
        { name: 'id', text: job.id },
        ...messages,
        { name: 'status', text: 'Succeeded' },
        { name: 'success', text: 'true' },
        { name: 'zipFile', text: bytes?.toString('base64') ?? NO_ZIP },
      ],
    },
  ];
};
