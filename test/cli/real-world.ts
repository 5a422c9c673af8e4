import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { PrivateClientApp, PublicClientApp } from '../../constructs';
import { synthManifests } from '../../constructs/testing';
import { orgIn, privateProps, program, publicProps } from '../constructs/support';
import { installFiles } from '../metadata/install-files';

const NAMESPACE = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** A folder as real repositories have them: several layouts, vendors' apps, and files that no one can read. */
export interface RealWorld {
  /** Names of the External Client Apps and Connected Apps that can be read in full. */
  readonly readable: readonly string[];
  /** Paths of files that cannot, relative to the folder. */
  readonly unreadable: readonly string[];
  readonly count: number;
}

type Content = string | Uint8Array;

/** Files of apps that comply, in the Metadata API's layout; every third as a mobile app. */
function goodApps(prefix: string, count: number): ReadonlyMap<string, string> {
  const app = program();
  const prod = orgIn(app);
  for (let n = 0; n < count; n++) {
    if (n % 3 === 0) new PublicClientApp(prod, `${prefix}_${n}`, publicProps);
    else new PrivateClientApp(prod, `${prefix}_${n}`, privateProps);
  }
  const [manifest] = synthManifests(app);
  if (!manifest) throw new Error('the program declares one org');
  return installFiles(manifest);
}

const connectedApp = (n: number): string =>
  `${DECLARATION}<ConnectedApp ${NAMESPACE}>\n    <contactEmail>a@b.example</contactEmail>\n    <label>Old ${n}</label>\n` +
  `    <oauthConfig>\n        <callbackUrl>https://old${n}.acme.example/cb</callbackUrl>\n` +
  `        <isPkceRequired>${n % 2 === 0}</isPkceRequired>\n        <scopes>Api</scopes>\n    </oauthConfig>\n</ConnectedApp>\n`;

/** What comes back of an app that a vendor's package installed. */
const vendorApp = `${DECLARATION}<ConnectedApp ${NAMESPACE}><contactEmail>v@vendor.example</contactEmail><label>Vendor</label><oauthPolicy><ipRelaxation>BYPASS</ipRelaxation><refreshTokenPolicy>infinite</refreshTokenPolicy></oauthPolicy></ConnectedApp>`;
const vendorEca = `${DECLARATION}<ExternalClientApplication ${NAMESPACE}><contactEmail>v@vendor.example</contactEmail><distributionState>Managed</distributionState><label>Vendor</label></ExternalClientApplication>`;

const utf16 = (text: string): Uint8Array => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
/** The same bytes every time, and no text. */
const noise = (length: number): Uint8Array => Uint8Array.from({ length }, (_, n) => (n * n * 31 + n * 7) % 256);

const BROKEN: Readonly<Record<string, Content>> = {
  'src/connectedApps/Empty.connectedApp': '',
  'src/connectedApps/Truncated.connectedApp': connectedApp(1).slice(0, 200),
  'src/connectedApps/Binary.connectedApp': noise(5000),
  'src/connectedApps/Utf16.connectedApp': utf16(connectedApp(2)),
  'src/connectedApps/Latin1.connectedApp': Buffer.from(connectedApp(3).replace('Old', 'Ält'), 'latin1'),
  'src/connectedApps/SaysUtf16.connectedApp': connectedApp(4).replace('UTF-8', 'UTF-16'),
  'src/connectedApps/Bomb.connectedApp': `<!DOCTYPE a [<!ENTITY b "c">]><ConnectedApp ${NAMESPACE}>&b;</ConnectedApp>`,
  'src/connectedApps/External.connectedApp': `<!DOCTYPE a SYSTEM "file:///etc/passwd"><ConnectedApp/>`,
  'src/connectedApps/Html.connectedApp': '<html><body>Login</body></html>',
  'src/connectedApps/Deep.connectedApp': `${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}`,
  'src/connectedApps/Huge.connectedApp': `<ConnectedApp>${' '.repeat(9 * 1024 * 1024)}</ConnectedApp>`,
  'src/connectedApps/Conflict.connectedApp': `<<<<<<< HEAD\n${connectedApp(5)}=======\n${connectedApp(6)}>>>>>>> main\n`,
  'src/connectedApps/Json.connectedApp': '{"label":"x"}',
  'src/externalClientApps/Wrong.eca': '<ConnectedApp/>',
  'src/extlClntAppGlobalOauthSets/Odd.ecaGlblOauth': `<ExtlClntAppGlobalOauthSettings ${NAMESPACE}><externalClientApplication>Mdapi_1</externalClientApplication><isPkceRequired>perhaps</isPkceRequired></ExtlClntAppGlobalOauthSettings>`,
  'src/extlClntAppOauthPolicies/Nobodys.ecaOauthPlcy': `<ExtlClntAppOauthConfigurablePolicies ${NAMESPACE}><externalCl`,
  'src/settings/OauthOidc.settings': '<OauthOidcSettings><isPkceRequired>true</OauthOidcSettings>',
};

const OTHER: Readonly<Record<string, Content>> = {
  'sfdx-project.json': '{"packageDirectories":[{"path":"force-app"}]}',
  'src/package.xml': `<Package ${NAMESPACE}><version>66.0</version></Package>`,
  'src/staticresources/Logo.resource': noise(3000),
  'src/classes/A.cls': 'public class A {}',
  'node_modules/x/connectedApps/Ignored.connectedApp': connectedApp(99),
  'README.md': '# Org',
};

/** Everything that can be zipped: paths and contents. */
export function realWorldFiles(withBroken: boolean): ReadonlyMap<string, Content> {
  const files = new Map<string, Content>(Object.entries(OTHER));
  for (const [path, text] of goodApps('Sfdx', 40)) files.set(`force-app/main/default/${path}-meta.xml`, text);
  for (const [path, text] of goodApps('Mdapi', 40)) files.set(`src/${path}`, text);
  for (let n = 0; n < 30; n++) files.set(`src/connectedApps/Old_${n}.connectedApp`, connectedApp(n));
  for (let n = 0; n < 10; n++) {
    files.set(`vendors/connectedApps/acme${n}__Sync.connectedApp`, vendorApp);
    files.set(`vendors/externalClientApps/Vendor_${n}.eca`, vendorEca);
  }
  files.set(`src/connectedApps/${encodeURIComponent('<b>"A & B"</b>')}.connectedApp`, connectedApp(98));
  if (withBroken) for (const [path, content] of Object.entries(BROKEN)) files.set(path, content);
  return files;
}

/** Writes all of it, with what only a file system can have: links that lead in circles or nowhere. */
export function writeRealWorld(folder: string, withBroken: boolean): RealWorld {
  const files = realWorldFiles(withBroken);
  for (const [path, content] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  const links = ['src/circle', 'src/connectedApps/Nowhere.connectedApp'];
  if (withBroken) {
    symlinkSync('..', join(folder, 'src/circle'));
    symlinkSync('missing', join(folder, 'src/connectedApps/Nowhere.connectedApp'));
    // A folder that is called like a file is no file.
    mkdirSync(join(folder, 'src/connectedApps/Folder.connectedApp'), { recursive: true });
  }
  const range = (prefix: string, count: number): readonly string[] =>
    Array.from({ length: count }, (_, n) => `${prefix}_${n}`);
  return {
    readable: [...range('Sfdx', 40), ...range('Mdapi', 40), ...range('Old', 30)],
    unreadable: withBroken ? [...Object.keys(BROKEN), ...links] : [],
    count: files.size,
  };
}
