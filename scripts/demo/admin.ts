import { type Files, writeZip } from '../../lib/metadata/package/zip';

/**
 * Someone who changes two apps past the code, with plain HTTP and nothing of this library but its zip writer: reads
 * the two records, changes one field in each, and deploys them. Logs in with SF_INSTANCE_URL and SF_ACCESS_TOKEN.
 */
const API = '66.0';
const NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';
/** The server's own; sent back, they would mean something else. */
const NOT_SENT = /\s*<(fullName|consumerKey|consumerSecret|shouldRotate\w+)>[^<]*<\/\1>/g;

interface Session {
  readonly url: string;
  readonly token: string;
}

interface Edit {
  readonly type: string;
  readonly fullName: string;
  readonly file: string;
  readonly from: RegExp;
  readonly to: string;
}

const EDITS: readonly Edit[] = [
  {
    type: 'ExtlClntAppGlobalOauthSettings',
    fullName: 'FieldApp_glbloauth',
    file: 'extlClntAppGlobalOauthSets/FieldApp_glbloauth.ecaGlblOauth',
    from: /<isPkceRequired>true</,
    to: '<isPkceRequired>false<',
  },
  {
    type: 'ExtlClntAppOauthSettings',
    fullName: 'PartnerPortal_oauth',
    file: 'extlClntAppOauthSettings/PartnerPortal_oauth.ecaOauth',
    from: /<commaSeparatedOauthScopes>/,
    to: '<commaSeparatedOauthScopes>Full, ',
  },
];

async function main(): Promise<void> {
  const session = { url: variable('SF_INSTANCE_URL'), token: variable('SF_ACCESS_TOKEN') };
  const files = new Map<string, string>([['package.xml', packageXml()]]);
  for (const edit of EDITS) files.set(edit.file, edited(edit, await read(session, edit)));
  await deploy(session, files);
  console.log('FieldApp: PKCE switched off. PartnerPortal: the scope Full added.');
}

function edited({ type, fullName, from, to }: Edit, record: string): string {
  const changed = record.replace(from, to);
  if (changed === record) throw new Error(`${fullName} does not hold ${String(from)}: is the quickstart applied?`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${type} xmlns="${NAMESPACE}">${changed}</${type}>\n`;
}

/** The fields of one record, as XML. */
async function read({ url, token }: Session, { type, fullName }: Edit): Promise<string> {
  const response = await fetch(`${url}/services/Soap/m/${API}`, {
    method: 'POST',
    headers: { 'content-type': 'text/xml; charset=UTF-8', soapaction: '""' },
    body:
      `<?xml version="1.0" encoding="UTF-8"?><e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns="${NAMESPACE}">` +
      `<e:Header><SessionHeader><sessionId>${token}</sessionId></SessionHeader></e:Header>` +
      `<e:Body><readMetadata><type>${type}</type><fullNames>${fullName}</fullNames></readMetadata></e:Body></e:Envelope>`,
  });
  const record = /<records [^>]*>(.*)<\/records>/s.exec(await response.text())?.[1];
  if (!response.ok || record === undefined) throw new Error(`reading ${fullName}: HTTP ${response.status}`);
  return record.replace(NOT_SENT, '');
}

async function deploy({ url, token }: Session, files: Files): Promise<void> {
  const requests = `${url}/services/data/v${API}/metadata/deployRequest`;
  const authorization = `Bearer ${token}`;
  const form = new FormData();
  const options = { rollbackOnError: true, singlePackage: true };
  form.append('json', new Blob([JSON.stringify({ deployOptions: options })], { type: 'application/json' }));
  form.append('file', new Blob([await writeZip(files)], { type: 'application/zip' }), 'package.zip');
  const sent = await fetch(requests, { method: 'POST', headers: { authorization }, body: form });
  const { id } = (await sent.json()) as { readonly id?: string };
  if (id === undefined) throw new Error(`the deploy was refused: HTTP ${sent.status}`);
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    const answer = await fetch(`${requests}/${id}?includeDetails=true`, { headers: { authorization } });
    const { deployResult } = (await answer.json()) as {
      readonly deployResult: { readonly done: boolean; readonly success: boolean; readonly details: unknown };
    };
    if (deployResult.done && deployResult.success) return;
    if (deployResult.done) throw new Error(`the deploy failed: ${JSON.stringify(deployResult.details)}`);
  }
}

function packageXml(): string {
  const types = EDITS.map(({ type, fullName }) => `<types><members>${fullName}</members><name>${type}</name></types>`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Package xmlns="${NAMESPACE}">${types.join('')}<version>${API}</version></Package>\n`;
}

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`${name} is not set`);
  return value;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
