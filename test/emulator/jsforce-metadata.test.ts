import { Readable } from 'node:stream';

import type { Connection } from 'jsforce';
import { MetadataApi } from 'jsforce/lib/api/metadata.js';

import type { EmulatorOptions } from '../../lib/emulator';
import { readZip, writeZip } from '../../lib/metadata/package/zip';
import { problemsOfAnswer } from './message-schema';
import { appOf, manifest, type Org, packageOf, startOrg, stopOrgs } from './support';

afterEach(stopOrgs);

type Api = Connection['metadata'];
type Type = Parameters<Api['read']>[0];
const HEADER = 'ExternalClientApplication' as Type;
const GLOBAL = 'ExtlClntAppGlobalOauthSettings' as Type;
const OIDC = 'OauthOidcSettings' as Type;

const OPTIONS = { rollbackOnError: true, singlePackage: true };
const ONE = { label: 'One', contactEmail: 'a@acme.example', distributionState: 'Local' };
/** jsforce has no types for these components. */
const component = (fullName: string, more: object = {}): never => ({ fullName, ...ONE, ...more }) as never;
const zipOf = (name: string): Promise<Buffer> => writeZip(packageOf(appOf(name)));
const removal = (name: string): Promise<Buffer> =>
  writeZip(
    new Map([
      ['package.xml', manifest({})],
      ['destructiveChanges.xml', manifest({ ExternalClientApplication: [name] })],
    ]),
  );
const everyApp = {
  apiVersion: '66.0',
  singlePackage: true,
  unpackaged: { version: '66.0', types: [{ name: 'ExternalClientApplication', members: ['*'] }] },
} as never;

/** A call of jsforce on an org that holds the app Portal. */
interface Case {
  readonly method: string;
  readonly how: string;
  readonly call: (metadata: Api) => Promise<unknown>;
  readonly gives: unknown;
  /** The apps of the org afterward. Default: Portal, as before. */
  readonly leaves?: readonly string[];
  readonly switches?: EmulatorOptions['switches'];
}

const ok = (fullName: string): object => ({ fullName, success: true, errors: [] });
const fails = (fullName: string, statusCode: string): object => ({
  fullName,
  success: false,
  errors: [{ statusCode, message: expect.any(String) as string }],
});
const missing = fails('Missing', 'INVALID_CROSS_REFERENCE_KEY');
const done = { done: true, success: true, status: 'Succeeded' };
const refused = (code: string): object => ({ errorCode: `sf:${code}` });

const CASES: readonly Case[] = [
  {
    method: 'describe',
    how: 'gives types and organization of the version asked for',
    call: (metadata) => metadata.describe('66.0'),
    gives: {
      organizationNamespace: '',
      partialSaveAllowed: true,
      testRequired: false,
      metadataObjects: expect.arrayContaining([expect.objectContaining({ xmlName: HEADER, suffix: 'eca' })]) as object,
    },
  },
  {
    method: 'describe',
    how: 'uses the version of the connection where it is given none',
    call: (metadata) => metadata.describe(),
    gives: { metadataObjects: expect.arrayContaining([expect.objectContaining({ xmlName: HEADER })]) as object },
  },
  {
    method: 'list',
    how: 'finds one as an array',
    call: (metadata) => metadata.list({ type: HEADER }),
    gives: [{ fullName: 'Portal', type: HEADER, fileName: 'externalClientApps/Portal.eca' }],
  },
  {
    method: 'list',
    how: 'finds nothing as an empty array, and takes three types at once',
    call: (metadata) =>
      metadata.list([{ type: 'ConnectedApp' }, { type: 'AuthProvider' }, { type: 'Network' }], '66.0'),
    gives: [],
  },
  {
    method: 'read',
    how: 'reads one, booleans as text',
    call: (metadata) => metadata.read(GLOBAL, 'Portal_glbloauth'),
    gives: { fullName: 'Portal_glbloauth', isPkceRequired: 'true', isDeviceFlowEnabled: 'false' },
  },
  {
    method: 'read',
    how: 'reads several, and a name that does not exist as nothing',
    call: (metadata) => metadata.read(HEADER, ['Portal', 'Missing']),
    gives: [{ fullName: 'Portal', distributionState: 'Local' }, {}],
  },
  {
    method: 'create',
    how: 'creates one',
    call: (metadata) => metadata.create(HEADER, component('New')),
    gives: ok('New'),
    leaves: ['New', 'Portal'],
  },
  {
    method: 'create',
    how: 'creates what it can of several',
    call: (metadata) => metadata.create(HEADER, [component('Portal'), component('New')] as never),
    gives: [fails('Portal', 'DUPLICATE_DEVELOPER_NAME'), ok('New')],
    leaves: ['New', 'Portal'],
  },
  {
    method: 'create',
    how: 'fails for a type that the org does not know',
    call: (metadata) => metadata.create('Nothing' as Type, component('New')).catch((error: unknown) => error),
    gives: refused('INVALID_TYPE'),
  },
  {
    method: 'update',
    how: 'changes one, which a read then sees',
    call: async (metadata) => [
      await metadata.update(HEADER, component('Portal', { label: 'Renewed' })),
      await metadata.read(HEADER, 'Portal'),
    ],
    gives: [ok('Portal'), { label: 'Renewed' }],
  },
  {
    method: 'update',
    how: 'changes a settings record',
    call: async (metadata) => [
      await metadata.update(OIDC, { fullName: 'OauthOidc', isPkceRequired: true } as never),
      await metadata.read(OIDC, 'OauthOidc'),
    ],
    gives: [ok('OauthOidc'), { isPkceRequired: 'true' }],
  },
  {
    method: 'update',
    how: 'creates nothing',
    call: (metadata) => metadata.update(HEADER, [component('Missing'), component('Portal')] as never),
    gives: [missing, ok('Portal')],
  },
  {
    method: 'upsert',
    how: 'creates one',
    call: (metadata) => metadata.upsert(HEADER, component('New')),
    gives: { ...ok('New'), created: true },
    leaves: ['New', 'Portal'],
  },
  {
    method: 'upsert',
    how: 'changes one and creates another',
    call: (metadata) => metadata.upsert(HEADER, [component('Portal'), component('New')] as never),
    gives: [
      { ...ok('Portal'), created: false },
      { ...ok('New'), created: true },
    ],
    leaves: ['New', 'Portal'],
  },
  {
    method: 'rename',
    how: 'gives a part of an app another name, in an org that lets it',
    switches: { renameAllowed: true },
    call: async (metadata) => [
      await metadata.rename(GLOBAL, 'Portal_glbloauth', 'Portal_global'),
      await metadata.read(GLOBAL, ['Portal_glbloauth', 'Portal_global']),
    ],
    gives: [ok('Portal_global'), [{}, { fullName: 'Portal_global' }]],
  },
  {
    method: 'rename',
    how: 'leaves the name of an app, which cannot change',
    switches: { renameAllowed: true },
    call: (metadata) => metadata.rename(HEADER, 'Portal', 'Other'),
    gives: fails('Portal', 'INVALID_OPERATION'),
  },
  {
    method: 'delete',
    how: 'deletes one',
    call: (metadata) => metadata.delete(HEADER, 'Portal'),
    gives: ok('Portal'),
    leaves: [],
  },
  {
    method: 'delete',
    how: 'deletes what there is of several',
    call: (metadata) => metadata.delete(HEADER, ['Missing', 'Portal']),
    gives: [missing, ok('Portal')],
    leaves: [],
  },
  {
    method: 'retrieve',
    how: 'polls to the end and gives a zip',
    call: async (metadata) => {
      const result = await metadata.retrieve(everyApp).complete();
      return { ...result, files: await filesIn(Buffer.from(result.zipFile, 'base64')) };
    },
    gives: {
      ...done,
      messages: [],
      fileProperties: [{ fullName: 'Portal' }],
      files: ['externalClientApps/Portal.eca'],
    },
  },
  {
    method: 'retrieve',
    how: 'streams the zip',
    call: async (metadata) => {
      const parts: Buffer[] = [];
      for await (const part of metadata.retrieve(everyApp).stream()) parts.push(part as Buffer);
      return filesIn(Buffer.concat(parts));
    },
    gives: ['externalClientApps/Portal.eca'],
  },
  {
    method: 'checkRetrieveStatus',
    how: 'sees the job unfinished, then with its files',
    call: async (metadata) => {
      const { id } = await metadata.retrieve(everyApp);
      return [await metadata.checkRetrieveStatus(id), await metadata.checkRetrieveStatus(id)];
    },
    gives: [
      { done: false, success: false, status: 'Pending' },
      { ...done, fileProperties: [{ fullName: 'Portal' }] },
    ],
  },
  {
    method: 'checkRetrieveStatus',
    how: 'fails for an id of nothing',
    call: (metadata) => metadata.checkRetrieveStatus('09S000000000000AAA').catch((error: unknown) => error),
    gives: refused('INVALID_ID_FIELD'),
  },
  {
    method: 'checkStatus',
    how: 'waits for a retrieve, whose files are there afterward',
    call: async (metadata) => {
      const { id } = await metadata.retrieve(everyApp);
      const first = await metadata.checkStatus(id);
      return [first, await metadata.checkStatus(id), await metadata.checkRetrieveStatus(id)];
    },
    gives: [{ done: false, state: 'InProgress' }, { done: true, state: 'Completed' }, done],
  },
  {
    method: 'deploy',
    how: 'takes a buffer',
    call: async (metadata) => metadata.deploy(await zipOf('New'), OPTIONS).complete(true),
    gives: { ...done, numberComponentsDeployed: 5, details: { componentFailures: [] } },
    leaves: ['New', 'Portal'],
  },
  {
    method: 'deploy',
    how: 'takes base64',
    call: async (metadata) => metadata.deploy((await zipOf('New')).toString('base64'), OPTIONS).complete(),
    gives: done,
    leaves: ['New', 'Portal'],
  },
  {
    method: 'deploy',
    how: 'takes a stream',
    call: async (metadata) => metadata.deploy(Readable.from([await zipOf('New')]), OPTIONS).complete(),
    gives: done,
    leaves: ['New', 'Portal'],
  },
  {
    method: 'deploy',
    how: 'deletes by destructiveChanges.xml',
    call: async (metadata) => metadata.deploy(await removal('Portal'), OPTIONS).complete(),
    gives: { ...done, numberComponentsDeployed: 1 },
    leaves: [],
  },
  {
    method: 'deployRest',
    how: 'polls to the end over SOAP',
    call: async (metadata) => metadata.deployRest(await zipOf('New'), OPTIONS).complete(true),
    gives: { ...done, numberComponentsDeployed: 5 },
    leaves: ['New', 'Portal'],
  },
  {
    method: 'checkDeployStatus',
    how: 'says the same over SOAP and REST',
    call: async (metadata) => {
      const { id } = await metadata.deploy(await zipOf('New'), { ...OPTIONS, checkOnly: true }).complete();
      return [await metadata.checkDeployStatus(id, true), await metadata.checkDeployStatus(id, true, true)];
    },
    gives: [
      { ...done, checkOnly: true, createdByName: 'admin@emulator.example' },
      { ...done, checkOnly: true, createdByName: 'admin@emulator.example' },
    ],
  },
  ...[false, true].map((rest): Case => ({
    method: 'deployRecentValidation',
    how: `deploys what was validated, over ${rest ? 'REST' : 'SOAP'}`,
    call: async (metadata) => {
      const { id } = await metadata.deploy(await zipOf('New'), { ...OPTIONS, checkOnly: true }).complete();
      return ended(metadata, await metadata.deployRecentValidation({ id, rest }));
    },
    gives: { ...done, checkOnly: false },
    leaves: ['New', 'Portal'],
  })),
  {
    method: 'deployRecentValidation',
    how: 'fails where nothing was validated',
    call: (metadata) => metadata.deployRecentValidation({ id: '0Af000000000000AAA' }).catch((error: unknown) => error),
    gives: refused('INVALID_ID_FIELD'),
  },
  {
    method: 'cancelDeploy',
    how: 'ends a running deploy, which changes nothing',
    switches: { deployMs: 600_000 },
    call: async (metadata) => {
      const { id } = await metadata.deploy(await zipOf('New'), OPTIONS);
      return [await metadata.cancelDeploy(id), await metadata.checkDeployStatus(id)];
    },
    // jsforce leaves this one boolean as it came.
    gives: [
      { done: 'true' },
      { done: true, success: false, status: 'Canceled', canceledByName: 'admin@emulator.example' },
    ],
  },
  {
    method: 'cancelDeploy',
    how: 'fails once the deploy is over',
    call: async (metadata) => {
      const { id } = await metadata.deploy(await zipOf('New'), OPTIONS).complete();
      return metadata.cancelDeploy(id).catch((error: unknown) => error);
    },
    gives: refused('INVALID_ID_FIELD'),
    leaves: ['New', 'Portal'],
  },
];

async function filesIn(zip: Buffer): Promise<readonly string[]> {
  const files = await readZip(zip);
  return files.ok ? [...files.value.keys()].filter((path) => path !== 'package.xml') : [files.error];
}

async function ended(metadata: Api, id: string): Promise<unknown> {
  for (;;) {
    const result = await metadata.checkDeployStatus(id, true);
    if (result.done) return result;
  }
}

async function orgWithPortal(switches: Case['switches']): Promise<Org> {
  const org = await startOrg({ switches: { unfinishedPolls: 1, ...switches } });
  // Where deploys take their time, the header alone is made by a call that takes none.
  if (switches?.deployMs) await org.connection.metadata.create(HEADER, component('Portal'));
  else await org.deploy(appOf('Portal'));
  return org;
}

describe('the metadata API of jsforce, unmodified', () => {
  it.each(CASES)('$method $how', async ({ call, gives, leaves = ['Portal'], switches }) => {
    const org = await orgWithPortal(switches);
    const problems: string[] = [];
    org.watch({
      after: ({ operation, request, answer }) => {
        if (answer.status === 200 && request.path.startsWith('/services/Soap/')) {
          problems.push(...problemsOfAnswer(operation, String(answer.body)));
        }
      },
    });
    expect(await call(org.connection.metadata)).toMatchObject(gives as object);
    expect(problems).toEqual([]);
    const { files } = await org.retrieve({ ExternalClientApplication: ['*'] });
    const left = [...files.keys()].filter((path) => path !== 'package.xml');
    expect(left.sort()).toEqual(leaves.map((name) => `externalClientApps/${name}.eca`));
  });

  it('is tried method by method', () => {
    const methods = Object.getOwnPropertyNames(MetadataApi.prototype).filter(
      (name) => !/^(constructor|_.*)$/.test(name),
    );
    expect([...new Set(CASES.map(({ method }) => method))].sort()).toEqual(methods.sort());
  });
});
