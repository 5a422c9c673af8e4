import { type DeclaredOrg, declareOrg } from '../declaration/declare-org';
import { Engine } from '../declaration/options/engine';
import type { DeclareContext } from '../declaration/reading';
import { DEFAULT_API_VERSION, NEWEST_API_VERSION, OLDEST_API_VERSION } from '../metadata/api-version';
import { FAIL_ON_VALUES, type FailOn, failOnOf } from '../policy/severity';
import type { CatalogCode } from '../values/catalog';
import { diagnoseInWords } from '../values/diagnose';
import type { Diagnostic } from '../values/diagnostic';

/** What is known of an org as soon as it is constructed, and everything that its apps are declared against. */
export interface OrgOptions {
  readonly path: string;
  /** Construct id of the org. */
  readonly name: string;
  /** Id of the stack. */
  readonly stack: string;
  readonly contactEmail?: string;
  readonly orgId?: string;
  readonly apiVersion: number;
  readonly today: string;
  readonly engine: 'null' | 'provider';
  /** The engine null drove the org so far. */
  readonly movedFromNull: boolean;
  readonly reapplyOnDrift: boolean;
  /** Which violations Terraform's plan and apply refuse; undefined where it is not stated, or no severity. */
  readonly failOn?: FailOn;
  readonly writePackage: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The options of an org, each with its default where it is not given or not valid.
 * @param clock The real date, or the one that the app's context states.
 */
export function readOrgOptions(
  { path, name, stack }: Pick<OrgOptions, 'path' | 'name' | 'stack'>,
  props: unknown,
  clock: string,
): OrgOptions {
  const apiVersions = { default: DEFAULT_API_VERSION, oldest: OLDEST_API_VERSION, newest: NEWEST_API_VERSION };
  const declared = declareOrg({ path, name, props, clock, apiVersions });
  const { engine, movedFrom, failOn: given, ...org } = declared;
  const failOn = failOnOf(given);
  return {
    path,
    name,
    stack,
    ...org,
    engine: engineName(engine),
    movedFromNull: Engine.is(movedFrom) && movedFrom.name === 'null',
    ...(failOn !== undefined && { failOn }),
    diagnostics: [...declared.diagnostics, ...engineProblems(declared, path)],
  };
}

/** What a declaration in the org is judged against. */
export const contextIn = (
  { name, apiVersion, today, engine, contactEmail }: OrgOptions,
  path: string,
  id: string,
): DeclareContext => ({
  path,
  id,
  org: name,
  apiVersion,
  today,
  engine,
  ...(contactEmail !== undefined && { contactEmail }),
});

/** The engine that was asked for; an invalid one is reported, and treated like none. */
const engineName = (engine: unknown): OrgOptions['engine'] => (Engine.is(engine) ? engine.name : 'provider');

function engineProblems(
  { engine, movedFrom, reapplyOnDrift, failOn }: DeclaredOrg,
  path: string,
): readonly Diagnostic[] {
  const problems: Diagnostic[] = [];
  const report = (field: string, code: CatalogCode, problem: string, allowed: string, remedy: string): void => {
    problems.push(diagnoseInWords(code, { path, field, problem, allowed, remedy }));
  };
  if (engine !== undefined && !Engine.is(engine)) {
    const engines = 'Engine.PROVIDER or Engine.NULL';
    report('engine', 'wrong-type', 'this is not an Engine', engines, 'omit the option, or write Engine.NULL');
  }
  if (reapplyOnDrift && engineName(engine) === 'provider') {
    const problem = 'with the engine provider, Terraform itself plans the repair of what changed in the org';
    const remedy = 'omit the option, or write engine: Engine.NULL';
    report('reapplyOnDrift', 'option-of-another-engine', problem, 'reapplyOnDrift with Engine.NULL', remedy);
  }
  if (failOn !== undefined && failOnOf(failOn) === undefined) {
    const allowed = FAIL_ON_VALUES.join(', ');
    report('failOn', 'wrong-type', 'this is not a severity', allowed, `omit the option, or use one of ${allowed}`);
  }
  if (movedFrom === undefined) return problems;
  if (!Engine.is(movedFrom) || movedFrom.name !== 'null') {
    report('movedFrom', 'wrong-type', 'only the null engine can be moved from', 'Engine.NULL', 'remove the option');
  } else if (engineName(engine) === 'null') {
    const problem = 'the org uses the null engine and cannot be moved away from it at the same time';
    report('movedFrom', 'option-of-another-engine', problem, 'movedFrom with Engine.PROVIDER', 'remove movedFrom');
  }
  return problems;
}
