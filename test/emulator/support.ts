import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Connection } from 'jsforce';

import { type Emulator, type EmulatorOptions, startEmulator } from '../../lib/emulator';
import { readZip, writeZip } from '../../lib/metadata/package/zip';

const NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';

export type Json = Record<string, unknown>;

/** Fields of a component as a test writes them: lists repeat the element, records nest. */
export interface Fields {
  readonly [name: string]: string | number | boolean | Fields | readonly (string | Fields)[];
}

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

type Item = string | number | boolean | Fields;

function elements(fields: Fields): string {
  return Object.entries(fields)
    .flatMap(([name, value]) =>
      (Array.isArray(value) ? (value as readonly Item[]) : [value as Item]).map(
        (item) => `<${name}>${typeof item === 'object' ? elements(item) : escape(String(item))}</${name}>\n`,
      ),
    )
    .join('');
}

export const file = (type: string, fields: Fields): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${type} xmlns="${NAMESPACE}">\n${elements(fields)}</${type}>\n`;

export function manifest(members: Readonly<Record<string, readonly string[]>>, version = '66.0'): string {
  const types = Object.entries(members).map(
    ([name, list]) => `<types>${list.map((one) => `<members>${one}</members>`).join('')}<name>${name}</name></types>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Package xmlns="${NAMESPACE}">${types.join('')}<version>${version}</version></Package>`;
}

/** The components of an app by type, each with its name and fields. */
export type Components = readonly (readonly [type: string, name: string, fields: Fields])[];

const PLACES: Readonly<Record<string, readonly [directory: string, suffix: string]>> = {
  ExternalClientApplication: ['externalClientApps', 'eca'],
  ExtlClntAppGlobalOauthSettings: ['extlClntAppGlobalOauthSets', 'ecaGlblOauth'],
  ExtlClntAppOauthSettings: ['extlClntAppOauthSettings', 'ecaOauth'],
  ExtlClntAppOauthSecuritySettings: ['extlClntAppOauthSecuritySettings', 'ecaOauthSecurity'],
  ExtlClntAppConfigurablePolicies: ['extlClntAppPolicies', 'ecaPlcy'],
  ExtlClntAppOauthConfigurablePolicies: ['extlClntAppOauthPolicies', 'ecaOauthPlcy'],
  ExtlClntAppSamlConfigurablePolicies: ['extlClntAppSamlConfigurablePolicies', 'ecaSamlPlcy'],
  ExtlClntAppMobileSettings: ['extlClntAppMobileSettings', 'ecaMobile'],
  ExtlClntAppMobileConfigurablePolicies: ['extlClntAppMobilePolicies', 'ecaMobilePlcy'],
  ExtlClntAppNotificationSettings: ['extlClntAppNotifSettings', 'ecaNotifications'],
  ExtlClntAppPushSettings: ['extlClntAppPushSettings', 'ecaPush'],
  ExtlClntAppPushConfigurablePolicies: ['extlClntAppPushPolicies', 'ecaPushPlcy'],
  ExtlClntAppCanvasSettings: ['extlClntAppCanvasSettings', 'ecaCanvas'],
  ConnectedApp: ['connectedApps', 'connectedApp'],
  AuthProvider: ['authproviders', 'authprovider'],
  CustomPermission: ['customPermissions', 'customPermission'],
  Network: ['networks', 'network'],
  NotificationTypeConfig: ['notificationTypeConfig', 'config'],
  UserProvisioningConfig: ['userProvisioningConfigs', 'userProvisioningConfig'],
  PermissionSet: ['permissionsets', 'permissionset'],
  OauthCustomScope: ['oauthcustomscopes', 'oauthcustomscope'],
  OauthTokenExchangeHandler: ['oauthtokenexchangehandlers', 'oauthtokenexchangehandler'],
};

const isSettings = (type: string): boolean => !(type in PLACES);

export function pathOf(type: string, name: string): string {
  const [directory, suffix] = PLACES[type] ?? ['settings', 'settings'];
  return `${directory}/${name}.${suffix}`;
}

/** The files of a package with these components. */
export function packageOf(components: Components, version = '66.0'): Map<string, string> {
  const members: Record<string, string[]> = {};
  const files = new Map<string, string>();
  for (const [type, name, fields] of components) {
    (members[isSettings(type) ? 'Settings' : type] ??= []).push(name);
    files.set(pathOf(type, name), file(type, fields));
  }
  files.set('package.xml', manifest(members, version));
  return files;
}

/** A complete external client app with conventional names. */
export function appOf(
  name: string,
  changes: Readonly<{ header?: Fields; global?: Fields; oauth?: Fields; policy?: Fields; general?: Fields }> = {},
): Components {
  const externalClientApplication = name;
  return [
    [
      'ExternalClientApplication',
      name,
      {
        contactEmail: 'owner@acme.example',
        distributionState: 'Local',
        label: name.replaceAll('_', ' '),
        ...changes.header,
      },
    ],
    [
      'ExtlClntAppGlobalOauthSettings',
      `${name}_glbloauth`,
      { callbackUrl: 'https://acme.example/callback', externalClientApplication, ...changes.global },
    ],
    [
      'ExtlClntAppOauthSettings',
      `${name}_oauth`,
      { commaSeparatedOauthScopes: 'RefreshToken, Api', externalClientApplication, ...changes.oauth },
    ],
    [
      'ExtlClntAppOauthConfigurablePolicies',
      `${name}_oauthPlcy`,
      { externalClientApplication, permittedUsersPolicyType: 'AllSelfAuthorized', ...changes.policy },
    ],
    [
      'ExtlClntAppConfigurablePolicies',
      `${name}_plcy`,
      { externalClientApplication, isEnabled: true, ...changes.general },
    ],
  ];
}

/** The components without the types named. */
export const without = (components: Components, ...types: readonly string[]): Components =>
  components.filter(([type]) => !types.includes(type));

/** What a test sees of a deploy. */
export interface Deployed {
  readonly startDate?: string;
  readonly completedDate?: string;
  readonly id: string;
  readonly status: string;
  readonly success: boolean;
  readonly errorMessage?: string;
  readonly errorStatusCode?: string;
  readonly numberComponentsTotal: number;
  readonly numberComponentErrors: number;
  readonly failures: readonly Failure[];
  readonly successes: readonly Json[];
  readonly problems: readonly string[];
}

export interface Failure {
  readonly componentType: string;
  readonly fullName: string;
  readonly fileName: string;
  readonly problem: string;
  readonly problemType: string;
  readonly lineNumber?: number;
  readonly columnNumber?: number;
}

const SAFE = { rollbackOnError: true, singlePackage: true, ignoreWarnings: false };

/** The org under test, with the shortest way to each call. */
export interface Org extends Emulator {
  readonly connection: Connection;
  readonly get: (path: string, token?: string) => Promise<Response>;
  readonly postDeploy: (files: ReadonlyMap<string, string> | Buffer, options?: Json) => Promise<Response>;
  readonly deploy: (
    what: Components | ReadonlyMap<string, string>,
    options?: Json,
    version?: string,
  ) => Promise<Deployed>;
  readonly waitFor: (id: string) => Promise<Deployed>;
  readonly soap: (
    operation: string,
    body: string,
    version?: string,
    token?: string,
  ) => Promise<{ status: number; text: string }>;
  readonly retrieve: (members: Readonly<Record<string, readonly string[]>>, version?: string) => Promise<Retrieved>;
}

export interface Retrieved {
  readonly files: ReadonlyMap<string, string>;
  readonly messages: readonly string[];
}

const running: Emulator[] = [];
const folders: string[] = [];

/** Starts an org that afterEach(stopOrgs) stops; deploys take no time unless a test says otherwise. */
export async function startOrg(options: EmulatorOptions = {}): Promise<Org> {
  const emulator = await startEmulator({
    ...options,
    switches: { deployMs: 0, unfinishedPolls: 0, ...options.switches },
  });
  running.push(emulator);
  const { url, accessToken } = emulator;
  const connection = new Connection({ instanceUrl: url, accessToken, version: '66.0' });
  connection.metadata.pollInterval = 5;

  const get = (path: string, token = accessToken): Promise<Response> =>
    fetch(url + path, { headers: { authorization: `Bearer ${token}` } });
  const postDeploy = async (files: ReadonlyMap<string, string> | Buffer, options: Json = {}): Promise<Response> => {
    const zip = Buffer.isBuffer(files) ? files : await writeZip(files);
    const body = new FormData();
    body.set(
      'json',
      new Blob([JSON.stringify({ deployOptions: { ...SAFE, ...options } })], { type: 'application/json' }),
    );
    body.set('file', new Blob([Uint8Array.from(zip)], { type: 'application/zip' }), 'deploy.zip');
    const headers = { authorization: `Bearer ${accessToken}` };
    return fetch(`${url}/services/data/v66.0/metadata/deployRequest`, { method: 'POST', headers, body });
  };
  const waitFor = async (id: string): Promise<Deployed> => {
    for (;;) {
      const answer = await get(`/services/data/v66.0/metadata/deployRequest/${id}?includeDetails=true`);
      const { deployResult } = (await answer.json()) as { deployResult: DeployResult };
      if (deployResult.done) return deployedOf(id, deployResult);
      await new Promise((resolve) => setTimeout(resolve, 3));
    }
  };
  const deploy: Org['deploy'] = async (what, options = {}, version = '66.0') => {
    const answer = await postDeploy(
      Array.isArray(what) ? packageOf(what as Components, version) : (what as Map<string, string>),
      options,
    );
    const body = (await answer.json()) as Json;
    if (answer.status !== 201) throw new Error(`deploy refused: ${answer.status} ${JSON.stringify(body)}`);
    return waitFor(String(body['id']));
  };
  const soap: Org['soap'] = async (operation, body, version = '66.0', token = accessToken) => {
    const answer = await fetch(`${url}/services/Soap/m/${version}`, {
      method: 'POST',
      headers: { 'content-type': 'text/xml', soapaction: '""' },
      body: envelope(operation, body, token),
    });
    return { status: answer.status, text: await answer.text() };
  };
  const retrieve: Org['retrieve'] = async (members, version = '66.0') => {
    const types = Object.entries(members).map(
      ([name, list]) => `<types>${list.map((one) => `<members>${one}</members>`).join('')}<name>${name}</name></types>`,
    );
    const request = `<retrieveRequest><apiVersion>${version}</apiVersion><singlePackage>true</singlePackage><unpackaged>${types.join('')}<version>${version}</version></unpackaged></retrieveRequest>`;
    const started = await soap('retrieve', request, version);
    const id = /<id>(\w+)<\/id>/.exec(started.text)?.[1] ?? '';
    for (;;) {
      const { text } = await soap('checkRetrieveStatus', `<asyncProcessId>${id}</asyncProcessId>`, version);
      if (!text.includes('<done>true</done>')) continue;
      const zip = /<zipFile>([^<]*)<\/zipFile>/.exec(text)?.[1] ?? '';
      const files = await readZip(Buffer.from(zip, 'base64'));
      if (!files.ok) throw new Error(files.error);
      return {
        files: files.value,
        messages: [...text.matchAll(/<problem>([^<]*)<\/problem>/g)].map(([, one]) =>
          (one ?? '').replaceAll('&apos;', "'"),
        ),
      };
    }
  };
  return { ...emulator, connection, get, postDeploy, deploy, waitFor, soap, retrieve };
}

interface DeployResult extends Omit<Deployed, 'failures' | 'successes' | 'problems' | 'id'> {
  readonly done: boolean;
  readonly details: { readonly componentFailures: Failure[]; readonly componentSuccesses: Json[] };
}

function deployedOf(id: string, result: DeployResult): Deployed {
  const { componentFailures: failures, componentSuccesses: successes } = result.details;
  return { ...result, id, failures, successes, problems: failures.map(({ problem }) => problem) };
}

export const envelope = (operation: string, body: string, token: string, header = ''): string =>
  `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Header xmlns="${NAMESPACE}"><SessionHeader><sessionId>${token}</sessionId></SessionHeader>${header}</soapenv:Header><soapenv:Body xmlns="${NAMESPACE}"><${operation}>${body}</${operation}></soapenv:Body></soapenv:Envelope>`;

export async function stopOrgs(): Promise<void> {
  await Promise.all(running.splice(0).map((emulator) => emulator.close()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** A folder of its own, removed after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'emulator-'));
  folders.push(folder);
  return folder;
}
