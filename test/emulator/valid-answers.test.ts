import { SOAP_OPERATIONS } from '../../lib/emulator/soap/dispatch';
import { writeZip } from '../../lib/metadata/package/zip';
import { KNOWN_OPERATIONS, problemsOfAnswer, problemsOfFault } from './message-schema';
import { appOf, file, manifest, type Org, packageOf, startOrg, stopOrgs } from './support';

afterEach(stopOrgs);

const HEADER = 'ExternalClientApplication';
const GLOBAL = 'ExtlClntAppGlobalOauthSettings';
const NEW = `<metadata xsi:type="${HEADER}"><fullName>New</fullName><contactEmail>a@b.example</contactEmail><distributionState>Local</distributionState><label>New</label></metadata>`;
const unknown = `<metadata xsi:type="${HEADER}"><fullName>1 New</fullName><label>New</label></metadata>`;
const retrieval = (members: string): string =>
  `<retrieveRequest><apiVersion>66.0</apiVersion><singlePackage>true</singlePackage><unpackaged>${members}<version>66.0</version></unpackaged></retrieveRequest>`;
const all = `<types><members>*</members><name>${HEADER}</name></types>`;
const nowhere = `<types><members>Nowhere</members><name>${HEADER}</name></types>`;

/** Calls, with what they are given; `ID` is the id that the call before them answered with. */
const CALLS: readonly (readonly [operation: string, body: string | ((org: Org) => Promise<string>)])[] = [
  ['describeMetadata', '<asOfVersion>66.0</asOfVersion>'],
  ['describeValueType', `<type>{http://soap.sforce.com/2006/04/metadata}${GLOBAL}</type>`],
  ['listMetadata', `<queries><type>${HEADER}</type></queries><queries><type>${GLOBAL}</type></queries>`],
  ['listMetadata', '<queries><type>PermissionSet</type></queries>'],
  ['readMetadata', `<type>${HEADER}</type><fullNames>Portal</fullNames><fullNames>Nowhere</fullNames>`],
  ['createMetadata', NEW],
  ['createMetadata', NEW],
  ['createMetadata', unknown],
  ['updateMetadata', NEW.replace('<label>New', '<label>Newer')],
  ['upsertMetadata', NEW],
  ['renameMetadata', `<type>${HEADER}</type><oldFullName>New</oldFullName><newFullName>Other</newFullName>`],
  ['deleteMetadata', `<type>${HEADER}</type><fullNames>New</fullNames><fullNames>Nowhere</fullNames>`],
  ['retrieve', retrieval(all)],
  ['checkRetrieveStatus', '<asyncProcessId>ID</asyncProcessId>'],
  ['checkRetrieveStatus', '<asyncProcessId>ID</asyncProcessId>'],
  ['retrieve', retrieval(nowhere)],
  ['checkStatus', '<asyncProcessId>ID</asyncProcessId>'],
  ['checkStatus', '<asyncProcessId>ID</asyncProcessId>'],
  ['checkRetrieveStatus', '<asyncProcessId>ID</asyncProcessId>'],
  ['deploy', () => deployment(packageOf(appOf('Second')), '<checkOnly>true</checkOnly>')],
  ['checkDeployStatus', '<asyncProcessId>ID</asyncProcessId><includeDetails>true</includeDetails>'],
  ['checkDeployStatus', '<asyncProcessId>ID</asyncProcessId><includeDetails>true</includeDetails>'],
  ['deployRecentValidation', '<validationId>ID</validationId>'],
  ['checkDeployStatus', '<asyncProcessId>ID</asyncProcessId><includeDetails>true</includeDetails>'],
  ['deploy', () => deployment(packageOf(appOf('Bad', { oauth: { commaSeparatedOauthScopes: 'api' } })))],
  ['checkDeployStatus', '<asyncProcessId>ID</asyncProcessId>'],
  ['checkDeployStatus', '<asyncProcessId>ID</asyncProcessId><includeDetails>true</includeDetails>'],
  // Malformed: nothing of it can be read.
  ['deploy', () => deployment(new Map([['package.xml', '<Package']]))],
  ['checkDeployStatus', '<asyncProcessId>ID</asyncProcessId><includeDetails>true</includeDetails>'],
  ['checkDeployStatus', '<asyncProcessId>ID</asyncProcessId><includeDetails>true</includeDetails>'],
  // A warning: there is no such app.
  ['deploy', () => deployment(deletion('Nowhere'), '<ignoreWarnings>true</ignoreWarnings>')],
  ['checkDeployStatus', '<asyncProcessId>ID</asyncProcessId><includeDetails>true</includeDetails>'],
  ['checkDeployStatus', '<asyncProcessId>ID</asyncProcessId><includeDetails>true</includeDetails>'],
];

/** Where a deploy takes its time. */
const SLOW_CALLS: typeof CALLS = [
  ['deploy', () => deployment(packageOf(appOf('Third')))],
  ['checkDeployStatus', '<asyncProcessId>ID</asyncProcessId><includeDetails>true</includeDetails>'],
  ['cancelDeploy', '<String>ID</String>'],
  ['checkDeployStatus', '<asyncProcessId>ID</asyncProcessId><includeDetails>true</includeDetails>'],
];

const deletion = (app: string): ReadonlyMap<string, string> =>
  new Map([
    ['package.xml', manifest({})],
    ['destructiveChanges.xml', manifest({ [HEADER]: [app] })],
  ]);

async function deployment(files: ReadonlyMap<string, string>, options = ''): Promise<string> {
  const zip = (await writeZip(files)).toString('base64');
  return `<ZipFile>${zip}</ZipFile><DeployOptions>${options}<rollbackOnError>true</rollbackOnError><singlePackage>true</singlePackage></DeployOptions>`;
}

it('every answer of every operation is what the message schema of the WSDL allows', async () => {
  const org = await startOrg({ switches: { unfinishedPolls: 1, deployMs: 0 } });
  await org.deploy(appOf('Portal'));
  const slow = await startOrg({ switches: { deployMs: 600_000 } });
  const found = [...(await problemsOf(org, CALLS)), ...(await problemsOf(slow, SLOW_CALLS))];
  expect(found).toEqual([]);
  // None was left out.
  const called = [...CALLS, ...SLOW_CALLS].map(([operation]) => operation);
  expect([...new Set(called)].sort()).toEqual(Object.keys(SOAP_OPERATIONS).sort());
  for (const operation of Object.keys(SOAP_OPERATIONS)) expect(KNOWN_OPERATIONS).toContain(operation);
});

async function problemsOf(org: Org, calls: typeof CALLS): Promise<readonly string[]> {
  let id = '';
  const found: string[] = [];
  for (const [index, [operation, given]] of calls.entries()) {
    const body = (typeof given === 'string' ? given : await given(org)).replace('ID', id);
    const { status, text } = await org.soap(operation, body);
    const problems = status === 200 ? problemsOfAnswer(operation, text) : [`HTTP ${status}: ${text}`];
    found.push(...problems.map((problem) => `call ${index}: ${problem}`));
    if (['deploy', 'retrieve', 'deployRecentValidation'].includes(operation)) {
      id = /<(?:id|result)>(\w{15,18})</.exec(text)?.[1] ?? id;
    }
  }
  return found;
}

it.each([
  ['a wrong session', 'describeMetadata', '<asOfVersion>66.0</asOfVersion>', { token: 'no-session' }],
  ['an unknown operation', 'doSomething', '', {}],
  ['an operation of the WSDL that nothing serves', 'update', '', {}],
  ['a retired version', 'describeMetadata', '', { version: '30.0' }],
  ['an id of nothing', 'checkDeployStatus', '<asyncProcessId>0Af000000000001AAA</asyncProcessId>', {}],
  ['an id that is none', 'checkRetrieveStatus', '<asyncProcessId>nonsense</asyncProcessId>', {}],
  ['a type of nothing', 'readMetadata', '<type>Nothing</type><fullNames>A</fullNames>', {}],
  ['no message at all', 'deploy', '<', {}],
  ['a version that is no number', 'describeMetadata', '<asOfVersion>sixty</asOfVersion>', {}],
] as const)('the fault for %s is one of SOAP 1.1', async (_, operation, body, { token, version }: Odd) => {
  const org = await startOrg();
  const { status, text } = await org.soap(operation, body, version, token ?? org.accessToken);
  expect({ status, problems: problemsOfFault(text) }).toEqual({ status: 500, problems: [] });
});

interface Odd {
  readonly token?: string;
  readonly version?: string;
}

it('the check sees what is missing, too much, out of place, of another type, or unknown', () => {
  const answer = (content: string): string =>
    file('X', {}).replace(/<X[^]*/, '') +
    `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><cancelDeployResponse xmlns="http://soap.sforce.com/2006/04/metadata">${content}</cancelDeployResponse></e:Body></e:Envelope>`;
  const id = '0Af000000000001AAA';
  const valid = `<result><done>true</done><id>${id}</id></result>`;
  expect(problemsOfAnswer('cancelDeploy', answer(valid))).toEqual([]);
  expect(problemsOfAnswer('cancelDeploy', answer(''))).toEqual(['cancelDeployResponse.result is missing']);
  expect(problemsOfAnswer('cancelDeploy', answer(valid + valid))).toHaveLength(1);
  expect(problemsOfAnswer('cancelDeploy', answer(`<result><id>${id}</id><done>true</done></result>`))).not.toEqual([]);
  expect(problemsOfAnswer('cancelDeploy', answer(valid.replace('true', 'yes')))).toEqual([
    'cancelDeployResponse.result.done is yes, which is no boolean',
  ]);
  expect(problemsOfAnswer('cancelDeploy', answer(valid.replace('</result>', '<more/></result>')))).toHaveLength(1);
  expect(problemsOfAnswer('deploy', answer(valid))).toEqual(['cancelDeployResponse is no answer of deploy']);
  expect(problemsOfFault(answer(valid))).not.toEqual([]);
});
