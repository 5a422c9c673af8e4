import { checkOrg } from '../declaration/check-org';
import { declareStatements, type Statements } from '../declaration/declare-org';
import { buildManifest, type Manifest, type ManifestApp } from '../metadata/manifest';
import { optionVersions } from '../metadata/option-versions';
import { checkRecords } from '../metadata/records/check';
import type { RecordDeclaration } from '../metadata/records/kind';
import { checkFlows } from '../options/check-flows';
import type { ClientApp } from '../options/client-app';
import { checkDeclared } from '../policy/check-declared';
import { type Diagnostic, isError } from '../values/diagnostic';
import { type Exemptions, readExemptions } from './exemptions';
import { type KnownApps, readKnownApps } from './known-apps';
import type { OrgInputs } from './org-inputs';
import { contextIn } from './org-options';
import { withSource } from './with-source';

/** One org, judged: its manifest if everything is valid, and everything that is wrong. */
export interface Synthesis {
  readonly org: OrgInputs;
  readonly diagnostics: readonly Diagnostic[];
  readonly manifest?: Manifest;
  /** The manifest's apps by construct path. */
  readonly manifestApps: ReadonlyMap<string, ManifestApp>;
  /** The valid apps by construct path. */
  readonly apps: ReadonlyMap<string, ClientApp>;
  /** The valid custom scopes and token exchange handlers by construct path. */
  readonly records: ReadonlyMap<string, RecordDeclaration>;
  readonly settings: Statements['settings'];
  readonly writePackage: boolean;
}

/** From what the constructs of an org declared to its manifest. The same declarations always give the same synthesis. */
export function synthesize(org: OrgInputs): Synthesis {
  const resolved = resolve(org);
  const problems = check(org, resolved);
  if (problems.some(isError)) return judgedAs(problems, org, resolved);
  const manifest = buildManifest(declarationOf(org, resolved));
  const judged = [...problems, ...checkDeclared(manifest, org.options.today).diagnostics];
  const synthesis = judgedAs(judged, org, resolved);
  if (judged.some(isError)) return synthesis;
  return {
    ...synthesis,
    manifest,
    manifestApps: new Map(manifest.apps.map((app) => [app.path, app])),
    writePackage: org.options.writePackage && !hasUnknowns(manifest),
  };
}

/** What the program says about the org as a whole, and the declarations that are valid. */
interface Resolved {
  readonly statements: Statements;
  readonly exemptions: Exemptions;
  readonly knownApps: KnownApps;
  readonly apps: Synthesis['apps'];
  readonly records: Synthesis['records'];
}

function resolve(org: OrgInputs): Resolved {
  const { path, name } = org.options;
  return {
    statements: declareStatements(contextIn(org.options, path, name), org),
    exemptions: readExemptions(org),
    knownApps: readKnownApps(org),
    apps: new Map(org.apps.flatMap(({ path: app, result }) => (result.ok ? [[app, result.value]] : []))),
    records: new Map(org.records.flatMap(({ path: record, result }) => (result.ok ? [[record, result.value]] : []))),
  };
}

/** Everything wrong with the org's options, with each declaration, and between them. */
function check(org: OrgInputs, { statements, exemptions, knownApps, apps, records }: Resolved): readonly Diagnostic[] {
  const { options } = org;
  const claims = org.apps.map((app) => app.claims);
  return [
    ...options.diagnostics,
    ...statements.diagnostics,
    ...exemptions.diagnostics,
    ...knownApps.diagnostics,
    ...org.apps.flatMap(({ result }) =>
      result.ok ? [...optionVersions(result.value, options.apiVersion), ...checkFlows(result.value)] : result.error,
    ),
    ...org.records.flatMap(({ result }) => (result.ok ? [] : result.error)),
    ...checkRecords([...records.values()], [...apps.values()]),
    ...checkOrg({ name: options.name, ...statements }, claims),
  ];
}

/** Without a manifest, which only an org without errors has. */
const judgedAs = (found: readonly Diagnostic[], org: OrgInputs, resolved: Resolved): Synthesis => ({
  org,
  diagnostics: withSource(found, org),
  manifestApps: new Map(),
  apps: resolved.apps,
  records: resolved.records,
  settings: resolved.statements.settings,
  writePackage: org.options.writePackage,
});

function declarationOf(org: OrgInputs, { statements, exemptions, knownApps }: Resolved) {
  const { path, name, stack, orgId, apiVersion, engine } = org.options;
  const exempt = (subject: string) => exemptions.byPath.get(subject) ?? [];
  return {
    id: `${stack}/${name}`,
    name,
    path,
    ...(orgId !== undefined && { orgId }),
    apiVersion,
    engine,
    settings: statements.settings,
    assumptions: statements.assumptions,
    exemptions: exempt(path),
    knownApps: knownApps.known,
    records: org.records.flatMap(({ source, result }) =>
      result.ok ? [{ record: result.value, ...(source && { source }) }] : [],
    ),
    apps: org.apps.flatMap(({ path: app, source, result }) =>
      result.ok ? [{ app: result.value, exemptions: exempt(app), ...(source && { source }) }] : [],
    ),
  };
}

/** A package with fields that only Terraform can fill in would be installed without them. */
const hasUnknowns = ({ apps, records = [] }: Manifest): boolean =>
  [...apps.flatMap((app) => app.components), ...records].some(({ late }) => late !== undefined);
