import type { OrgState } from '../state';
import type { EmulatorSwitches } from '../switches';

export interface DeployOptions {
  readonly allowMissingFiles: boolean;
  readonly autoUpdatePackage: boolean;
  readonly checkOnly: boolean;
  readonly ignoreWarnings: boolean;
  readonly performRetrieve: boolean;
  readonly purgeOnDelete: boolean;
  readonly rollbackOnError: boolean;
  readonly runTests: readonly string[];
  readonly singlePackage: boolean;
  readonly testLevel?: string;
}

const FLAGS = [
  'allowMissingFiles',
  'autoUpdatePackage',
  'checkOnly',
  'ignoreWarnings',
  'performRetrieve',
  'purgeOnDelete',
  'rollbackOnError',
  'singlePackage',
] as const;
const TEST_LEVELS = ['NoTestRun', 'RunSpecifiedTests', 'RunRelevantTests', 'RunLocalTests', 'RunAllTestsInOrg'];
const NOT_IN_PRODUCTION = ['allowMissingFiles', 'autoUpdatePackage', 'purgeOnDelete'] as const;

/** Options as they came over the wire: JSON values, or texts from SOAP. */
export type RawOptions = Readonly<Record<string, unknown>>;

export type OptionsResult =
  | { readonly ok: true; readonly options: DeployOptions }
  | { readonly ok: false; readonly code: string; readonly message: string };

const refuse = (code: string, message: string): OptionsResult => ({ ok: false, code, message });

/** Reads deploy options; unknown names, values that are no booleans and what production forbids are refused. */
export function readOptions(raw: RawOptions, state: OrgState, switches: EmulatorSwitches): OptionsResult {
  const flags: Record<string, boolean> = Object.fromEntries(FLAGS.map((name) => [name, false]));
  flags['rollbackOnError'] = switches.rollbackOnErrorDefault;
  for (const [name, value] of Object.entries(raw)) {
    if (name === 'runTests' || name === 'testLevel') continue;
    if (!(FLAGS as readonly string[]).includes(name)) return refuse('INVALID_FIELD', `No such deploy option: ${name}`);
    if (value === null || value === '') continue;
    const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
    if (text !== 'true' && text !== 'false') {
      return refuse('INVALID_FIELD', `'${text}' is not a valid value for the type xsd:boolean (${name})`);
    }
    flags[name] = text === 'true';
  }
  const level = raw['testLevel'];
  if (typeof level === 'string' && level !== '' && !TEST_LEVELS.includes(level)) {
    return refuse('INVALID_FIELD', `'${level}' is not a valid value for the enum 'TestLevel'`);
  }
  const options = {
    ...(flags as Record<(typeof FLAGS)[number], boolean>),
    runTests: [raw['runTests'] ?? []].flat().map(String),
    ...(typeof level === 'string' && level !== '' ? { testLevel: level } : {}),
  };
  return (state.profile === 'production' ? refusedInProduction(options) : undefined) ?? { ok: true, options };
}

function refusedInProduction(options: DeployOptions): OptionsResult | undefined {
  if (options.testLevel === 'NoTestRun') {
    return refuse('INVALID_OPERATION', 'testLevel of NoTestRun cannot be used in production organizations');
  }
  if (!options.rollbackOnError) {
    return refuse('INVALID_OPERATION', 'rollbackOnError must be true for deployments to production organizations');
  }
  const name = NOT_IN_PRODUCTION.find((flag) => options[flag]);
  return name && refuse('INVALID_OPERATION', `${name} cannot be used in production organizations`);
}
