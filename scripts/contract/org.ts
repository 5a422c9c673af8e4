import { readZip, writeZip } from '../../lib/metadata/package/zip';

/** Everything that a probe may use of an org: HTTP, and nothing of this library that knows what Salesforce answers. */
export interface ContractOrg {
  /** HTTP status of a GET, as an administrator or by another session; `{v}` in the path is the API version. */
  status(path: string, accessToken?: string): Promise<number>;
  json(path: string): Promise<unknown>;
  /** HTTP status of a POST without a body, and the JSON of its answer. */
  post(path: string): Promise<{ readonly status: number; readonly body: unknown }>;
  /** What the token endpoint says to these fields. */
  token(form: Readonly<Record<string, string>>): Promise<TokenAnswer>;
  /** Asks until there is an answer, as long as a change may take to work; undefined where none came. */
  patiently<T>(ask: () => Promise<T | undefined>): Promise<T | undefined>;
  /** Rows of a query; undefined where it is refused. */
  rows(soql: string): Promise<readonly Row[] | undefined>;
  soap(operation: string, body: string): Promise<{ readonly status: number; readonly text: string }>;
  /** The text of all files of these members. */
  retrieve(type: string, member?: string, version?: number): Promise<string>;
  deploy(files: ReadonlyMap<string, string>, options: DeployOptions): Promise<Deployed>;
}

export interface TokenAnswer {
  readonly access_token?: string;
  readonly error?: string;
  readonly error_description?: string;
}

export type Row = Readonly<Record<string, unknown>>;

export interface DeployOptions {
  /** Validates, and keeps nothing. */
  readonly checkOnly: boolean;
  /** `left-out`: the caller says nothing of it. Default true. */
  readonly rollbackOnError?: boolean | 'left-out';
  readonly version?: number;
}

export interface Deployed {
  readonly succeeded: boolean;
  readonly failures: readonly string[];
  /** Full names. */
  readonly successes: readonly string[];
  readonly warnings: readonly string[];
  /** Every status that was seen on the way. */
  readonly statuses: readonly string[];
  /** Whether the status answers repeat the id. */
  readonly repeatsId: boolean;
}

const VERSION = 66;
const NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';
const POLL_MS = 20;
const LONGEST_POLL_MS = 2000;

export interface ContractLogin {
  readonly instanceUrl: string;
  readonly accessToken: string;
  /** How long a probe waits for a change to work. Milliseconds, default 0: whatever is changed works at once. */
  readonly patienceMs?: number;
}

export function contractOrg({ instanceUrl, accessToken, patienceMs = 0 }: ContractLogin): ContractOrg {
  const authorization = `Bearer ${accessToken}`;
  const at = (path: string, version = VERSION): string => instanceUrl + path.replace('{v}', `v${version}.0`);
  const get = (path: string, version?: number): Promise<Response> =>
    fetch(at(path, version), { headers: { authorization } });
  const soap = async (operation: string, body: string, version = VERSION) => {
    const answer = await fetch(`${instanceUrl}/services/Soap/m/${version}.0`, {
      method: 'POST',
      headers: { 'content-type': 'text/xml; charset=UTF-8', soapaction: '""' },
      body: `<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"><Header><SessionHeader xmlns="${NAMESPACE}"><sessionId>${accessToken}</sessionId></SessionHeader></Header><Body><${operation} xmlns="${NAMESPACE}">${body}</${operation}></Body></Envelope>`,
    });
    return { status: answer.status, text: await answer.text() };
  };
  return {
    status: async (path, other) =>
      (await (other === undefined ? get(path) : fetch(at(path), { headers: { authorization: `Bearer ${other}` } })))
        .status,
    json: async (path) => (await get(path)).json(),
    post: async (path) => {
      const answer = await fetch(at(path), { method: 'POST', headers: { authorization } });
      return { status: answer.status, body: await answer.json() };
    },
    token: async (form) => {
      const body = new URLSearchParams(form);
      return (await (
        await fetch(`${instanceUrl}/services/oauth2/token`, { method: 'POST', body })
      ).json()) as TokenAnswer;
    },
    patiently: (ask) => until(ask, patienceMs),
    soap,
    rows: async (soql) => {
      const answer = await get(`/services/data/{v}/query?q=${encodeURIComponent(soql)}`);
      return answer.ok ? ((await answer.json()) as { readonly records: readonly Row[] }).records : undefined;
    },
    retrieve: async (type, member = '*', version = VERSION) => {
      const types = `<types><members>${member}</members><name>${type}</name></types><version>${version}.0</version>`;
      const request = `<retrieveRequest><apiVersion>${version}.0</apiVersion><singlePackage>true</singlePackage><unpackaged>${types}</unpackaged></retrieveRequest>`;
      const id = element((await soap('retrieve', request, version)).text, 'id');
      const text = await until(async () => {
        const polled = await soap('checkRetrieveStatus', `<asyncProcessId>${id}</asyncProcessId>`, version);
        return polled.text.includes('<done>true</done>') || polled.status !== 200 ? polled.text : undefined;
      });
      const files = await readZip(Buffer.from(element(text, 'zipFile'), 'base64'));
      if (!files.ok) throw new Error(`The org retrieved no zip of ${type}: ${files.error}`);
      return [...files.value].flatMap(([path, content]) => (path.endsWith('package.xml') ? [] : [content])).join('\n');
    },
    deploy: async (files, { checkOnly, rollbackOnError = true, version = VERSION }) => {
      const deployOptions = {
        ...{ checkOnly, singlePackage: true, ignoreWarnings: true },
        ...(rollbackOnError !== 'left-out' && { rollbackOnError }),
      };
      const body = new FormData();
      body.set('json', new Blob([JSON.stringify({ deployOptions })], { type: 'application/json' }));
      body.set('file', new Blob([Uint8Array.from(await writeZip(files))], { type: 'application/zip' }), 'deploy.zip');
      const path = at('/services/data/{v}/metadata/deployRequest', version);
      const sent = await fetch(path, { method: 'POST', headers: { authorization }, body });
      if (sent.status !== 201) throw new Error(`The org took no deploy: HTTP ${sent.status}`);
      const { id } = (await sent.json()) as { readonly id: string };
      return follow((step) => get(`/services/data/{v}/metadata/deployRequest/${id}${step}`, version));
    },
  };
}

interface Part {
  readonly fullName: string;
  readonly problem?: string | null;
  readonly problemType?: string | null;
}

async function follow(ask: (query: string) => Promise<Response>): Promise<Deployed> {
  const statuses: string[] = [];
  let repeatsId = false;
  const { success, details } = await until(async () => {
    const { deployResult: seen } = (await (await ask('?includeDetails=true')).json()) as {
      readonly deployResult: {
        readonly id?: string;
        readonly status: string;
        readonly success: boolean;
        readonly done: boolean;
        readonly details?: {
          readonly componentFailures?: readonly Part[];
          readonly componentSuccesses?: readonly Part[];
        };
      };
    };
    statuses.push(seen.status);
    repeatsId ||= 'id' in seen;
    return seen.done ? seen : undefined;
  });
  const [failed = [], passed = []] = [details?.componentFailures, details?.componentSuccesses];
  const isWarning = ({ problemType }: Part): boolean => problemType === 'Warning';
  return {
    succeeded: success,
    failures: failed.filter((part) => !isWarning(part)).map(({ problem }) => problem ?? ''),
    successes: passed.map(({ fullName }) => fullName),
    warnings: [...failed, ...passed].filter(isWarning).map(({ problem }) => problem ?? ''),
    statuses,
    repeatsId,
  };
}

/** Polls, ever less often, until there is something, or nothing in the time that was given. */
async function until<T>(ask: () => Promise<T | undefined>): Promise<T>;
async function until<T>(ask: () => Promise<T | undefined>, forMs: number): Promise<T | undefined>;
async function until<T>(ask: () => Promise<T | undefined>, forMs = Infinity): Promise<T | undefined> {
  const started = performance.now();
  for (let wait = POLL_MS; ; wait = Math.min(wait * 1.5, LONGEST_POLL_MS)) {
    const found = await ask();
    if (found !== undefined || performance.now() - started >= forMs) return found;
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}

const element = (text: string, name: string): string => new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1] ?? '';
