// Writes lib/emulator/schema/generated/*.ts from Salesforce's own Metadata API WSDL and a table of field versions.
//
//   node scripts/emulator-schema.mjs --wsdl metadata.wsdl --versions field-versions.csv [--out lib/emulator/schema/generated]
//
// The WSDL describes one API version; the table (type,element,xsd_type,first_version,last_version) says in which versions a
// field exists; FACTS below adds what is known of versions past the WSDL's. The results are checked in, so neither input is
// needed to build or test.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values: args } = parseArgs({
  options: {
    wsdl: { type: 'string' },
    versions: { type: 'string' },
    out: { type: 'string', default: fileURLToPath(new URL('../lib/emulator/schema/generated', import.meta.url)) },
  },
});
if (!args.wsdl || !args.versions) {
  console.error('usage: node scripts/emulator-schema.mjs --wsdl FILE --versions FILE.csv [--out DIR]');
  process.exit(1);
}

/** Module name -> the metadata types (roots) it describes; types they refer to follow them into the same module. */
const MODULES = {
  externalClientApps: [
    'ExternalClientApplication',
    'ExtlClntAppGlobalOauthSettings',
    'ExtlClntAppOauthSettings',
    'ExtlClntAppOauthConfigurablePolicies',
    'ExtlClntAppConfigurablePolicies',
    'ExtlClntAppOauthSecuritySettings',
  ],
  externalClientAppPlugins: [
    'ExtlClntAppSamlConfigurablePolicies',
    'ExtlClntAppMobileSettings',
    'ExtlClntAppMobileConfigurablePolicies',
    'ExtlClntAppNotificationSettings',
    'ExtlClntAppPushSettings',
    'ExtlClntAppPushConfigurablePolicies',
    'ExtlClntAppCanvasSettings',
  ],
  connectedApps: ['ConnectedApp', 'OauthCustomScope', 'OauthTokenExchangeHandler'],
  settings: ['OauthOidcSettings', 'ExternalClientAppSettings', 'ConnectedAppSettings', 'SecuritySettings'],
  permissionSets: ['PermissionSet'],
  experienceCloud: ['Network'],
  profiles: ['Profile'],
};
/** What else the emulator knows, by the rows of its table. */
const TABLE = readFileSync(new URL('../lib/emulator/schema/types.ts', import.meta.url), 'utf8');
const named = Object.values(MODULES).flat();
MODULES.references = [...TABLE.matchAll(/^ {2}(?:alone|part)\('(\w+)'/gm)]
  .map(([, type]) => type)
  .filter((type) => !named.includes(type));

/** First version of types that are younger than the table starts (60 means "60 or older"). */
const TYPE_SINCE = {
  ExtlClntAppSamlConfigurablePolicies: 63,
  ExtlClntAppMobileSettings: 64,
  ExtlClntAppMobileConfigurablePolicies: 64,
  ExtlClntAppNotificationSettings: 64,
  ExtlClntAppPushSettings: 64,
  ExtlClntAppPushConfigurablePolicies: 64,
  ExtlClntAppCanvasSettings: 66,
  ExtlClntAppOauthSecuritySettings: 67,
};

/** Fields, types and literals outside the WSDL's version: what later (and one earlier) versions have. */
const EXTRA_FIELDS = [
  ['ExtlClntAppGlobalOauthSettings', 'isEnforceRefreshTokenTTL', 'boolean', { since: 67 }],
  ['ExtlClntAppGlobalOauthSettings', 'isDPopEnabled', 'boolean', { since: 68 }],
  ['ExtlClntAppGlobalOauthSettings', 'isMtlsEnabled', 'boolean', { since: 68 }],
  ['ExtlClntAppConfigurablePolicies', 'isAttestPluginEnabled', 'boolean', { since: 68 }],
  ['ExtlClntAppSamlConfigurablePolicies', 'startUrl', 'string', { since: 63, until: 63 }],
  ['ExtlClntAppOauthSecuritySettings', 'externalClientApplication', 'string', { required: true }],
  ['ExtlClntAppOauthSecuritySettings', 'label', 'string', {}],
  ['ExtlClntAppOauthSecuritySettings', 'tlsClientAuthCertParamType', 'TlsClientAuthCertParamType', { since: 68 }],
  ['ExtlClntAppOauthSecuritySettings', 'tlsClientAuthCertParamValue', 'string', { since: 68 }],
  ['ExtlClntAppOauthSecuritySettings', 'tokenIpRanges', 'ExtlClntAppOauthTokenIpRange', { many: true }],
  ['ExtlClntAppOauthTokenIpRange', 'description', 'string', {}],
  ['ExtlClntAppOauthTokenIpRange', 'endIpAddress', 'string', { required: true }],
  ['ExtlClntAppOauthTokenIpRange', 'startIpAddress', 'string', { required: true }],
  ['AppSettings', 'appType', 'ConnectedAppType', { since: 67 }],
  ['ConnectedAppOauthConfig', 'isDPopEnabled', 'boolean', { since: 68 }],
  ['ConnectedAppOauthConfig', 'isDeviceFlowEnabled', 'boolean', { since: 68 }],
  ['ConnectedAppOauthConfig', 'isEnforceRefreshTokenTTL', 'boolean', { since: 68 }],
  ['ConnectedAppOauthConfig', 'isIpBindingEnabled', 'boolean', { since: 68 }],
  ['ConnectedAppOauthConfig', 'isPKImTLSEnabled', 'boolean', { since: 68 }],
];
const FIELD_UNTIL = { 'ConnectedApp.pluginExecutionUser': 66 };
/** Versions in which fields appeared that the table does not list. */
const FIELD_SINCE = {
  'ExternalAppIdTokenConfig.idTokenIncludeCustomPermissions': 61,
  'OauthOidcSettings.agentAuthLinking': 65,
  'OauthTokenExchangeHandler.isContactCreationAllowed': 65,
};
const EXTRA_ENUMS = {
  ConnectedAppType: ['CONNECTED_APP', 'EXTERNAL_CLIENT_APP'],
  TlsClientAuthCertParamType: ['subject_dn', 'san_dns', 'san_uri', 'san_ip', 'san_email', 'san_spiffe'].map(
    (name) => `tls_client_auth_${name}`,
  ),
};
const EXTRA_LITERALS = {
  PolicyAction: ['StepUpMFA@67'],
  ConnectedAppOauthAccessScope: ['DataCloudUserClaims@67', 'A2A@68', 'CmdbDiscovery@68', 'SemanticLayer@68'],
};
const LITERAL_SINCE = { 'ConnectedAppOauthAccessScope.MCP': 66, 'ConnectedAppOauthAccessScope.SCRT': 66 };

const wsdl = readFileSync(args.wsdl, 'utf8');
const rows = readFileSync(args.versions, 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split(','))
  .map(([type, element, xsdType, first, last]) => ({
    type,
    element,
    xsdType,
    first: Number(first),
    last: Number(last),
  }));
const newest = Math.max(...rows.map((row) => row.last));
const oldest = Math.min(...rows.map((row) => row.first));

const complexTypes = new Map();
for (const [, name, body] of wsdl.matchAll(/<xsd:complexType name="(\w+)">([\s\S]*?)<\/xsd:complexType>/g)) {
  const fields = [...body.matchAll(/<xsd:element ([^>]*?)\/>/g)].map(([, text]) => {
    const attribute = (key) => new RegExp(`${key}="([^"]*)"`).exec(text)?.[1];
    return {
      name: attribute('name'),
      type: attribute('type').replace(/^\w+:/, ''),
      required: attribute('minOccurs') !== '0',
      many: attribute('maxOccurs') === 'unbounded',
    };
  });
  complexTypes.set(name, fields);
}
const enums = new Map();
for (const [, name, body] of wsdl.matchAll(/<xsd:simpleType name="(\w+)">([\s\S]*?)<\/xsd:simpleType>/g)) {
  const literals = [...body.matchAll(/<xsd:enumeration value="([^"]*)"/g)].map(([, value]) => value);
  if (literals.length > 0) enums.set(name, literals);
}
for (const [name, literals] of Object.entries(EXTRA_ENUMS)) enums.set(name, literals);
for (const [type, name, fieldType, facts] of EXTRA_FIELDS) {
  if (!complexTypes.has(type)) complexTypes.set(type, []);
  complexTypes.get(type).push({ name, type: fieldType, required: false, many: false, ...facts });
}

const fieldsOf = (type) => {
  const fields = (complexTypes.get(type) ?? []).map((field) => ({ ...field }));
  for (const row of rows.filter((candidate) => candidate.type === type)) {
    let field = fields.find(({ name }) => name === row.element);
    if (!field) {
      const [, xsdType, flags] = /^\w+:(\w+)(.*)$/.exec(row.xsdType);
      field = { name: row.element, type: xsdType, required: flags.includes('*'), many: flags.includes('[]') };
      fields.push(field);
    }
    if (row.first > oldest) field.since = row.first;
    if (row.last < newest) field.until = row.last;
  }
  for (const field of fields) {
    const key = `${type}.${field.name}`;
    if (FIELD_SINCE[key] !== undefined) field.since = FIELD_SINCE[key];
    if (FIELD_UNTIL[key] !== undefined) field.until = FIELD_UNTIL[key];
  }
  return fields.sort((a, b) => (a.name < b.name ? -1 : 1));
};

const closure = (roots) => {
  const found = [];
  const visit = (type) => {
    if (found.includes(type)) return;
    if (complexTypes.has(type) || rows.some((row) => row.type === type)) {
      found.push(type);
      for (const field of fieldsOf(type)) visit(field.type);
    } else if (enums.has(type)) found.push(type);
  };
  roots.forEach(visit);
  return found;
};

const fieldLine = ({ name, type, required, many, since, until }) => {
  const versions = until !== undefined ? ` ${since ?? ''}-${until}` : since !== undefined ? ` ${since}` : '';
  return `  ${name} ${type}${many ? '[]' : ''}${required && !many ? '!' : ''}${versions}`;
};
const describe = (type, root) => {
  if (enums.has(type)) {
    const literals = enums.get(type).map((literal) => {
      const since = LITERAL_SINCE[`${type}.${literal}`];
      return since === undefined ? literal : `${literal}@${since}`;
    });
    const lines = [`enum ${type}`];
    for (const literal of [...literals, ...(EXTRA_LITERALS[type] ?? [])]) {
      if (lines.at(-1).length + literal.length > 110 || lines.length === 1) lines.push(`  ${literal}`);
      else lines[lines.length - 1] += ` ${literal}`;
    }
    return lines;
  }
  return [
    `${root ? 'metadata' : 'type'} ${type}${TYPE_SINCE[type] ? ` ${TYPE_SINCE[type]}` : ''}`,
    ...fieldsOf(type).map(fieldLine),
  ];
};

mkdirSync(args.out, { recursive: true });
const written = new Set();
for (const [module, roots] of Object.entries(MODULES)) {
  const lines = [];
  for (const type of closure(roots)) {
    if (written.has(type)) continue;
    written.add(type);
    lines.push(...describe(type, roots.includes(type)));
  }
  const text = [
    '// Generated by scripts/emulator-schema.mjs from the Metadata API WSDL; do not edit.',
    '// Notation: see ../notation.ts.',
    `export const ${module} = \``,
    ...lines,
    '`;',
    '',
  ].join('\n');
  const file = module.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  writeFileSync(join(args.out, `${file}.ts`), text);
}
console.log(`wrote ${Object.keys(MODULES).length} files to ${args.out}`);
