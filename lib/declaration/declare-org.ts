import type { Diagnostic } from '../values/diagnostic';
import { isIsoDate } from '../values/iso-date';
import { organizationIdProblem } from '../values/organization-id';
import type { OrgAssumptions, OrgSettings } from './org-settings';
import { readBoolean, readEmail, readRecord, readText } from './read/values';
import { type DeclareContext, Reading } from './reading';

const ORG_OPTIONS = [
  'contactEmail',
  'orgId',
  'engine',
  'movedFrom',
  'reapplyOnDrift',
  'failOn',
  'apiVersion',
  'writePackage',
  'today',
] as const;

const SETTINGS = [
  'allowCodeAndCredentialsFlow',
  'requirePkce',
  'blockUsernamePasswordFlow',
  'blockUserAgentFlow',
  'allowSecretsViaMetadataApi',
  'allowSecretsViaRestApi',
  'allowPackagingFromDeveloperOrg',
  'adminApprovedAppsOnly',
  'adminApprovedAppsOnlyForExternalUsers',
  'skipUserProvisioningWelcomePage',
] as const satisfies readonly (keyof OrgSettings)[];

const ASSUMPTIONS = ['codeAndCredentialsFlow'] as const satisfies readonly (keyof OrgAssumptions)[];

/** What the author typed about an org when it was constructed. */
export interface OrgInput {
  readonly path: string;
  /** Construct id. */
  readonly name: string;
  readonly props: unknown;
  /** Today as the computer tells it, `YYYY-MM-DD`; the option `today` goes before it. */
  readonly clock: string;
  /** Metadata API versions: the default one, the oldest and the newest that is modeled. */
  readonly apiVersions: { readonly default: number; readonly oldest: number; readonly newest: number };
}

/** The options of an org as far as they are valid, and everything wrong with them. */
export interface DeclaredOrg {
  readonly contactEmail?: string;
  readonly orgId?: string;
  readonly apiVersion: number;
  readonly writePackage: boolean;
  readonly today: string;
  /** As given; which engines exist is known to the constructs. */
  readonly engine: unknown;
  readonly movedFrom: unknown;
  readonly reapplyOnDrift: boolean;
  /** As given; which severities exist is known to the policies. */
  readonly failOn: unknown;
  readonly diagnostics: readonly Diagnostic[];
}

export function declareOrg(input: OrgInput): DeclaredOrg {
  const { path, name, apiVersions } = input;
  const context = { path, org: name, id: name, apiVersion: apiVersions.default, today: input.clock };
  const reading = new Reading(context, 'org');
  checkName(name, reading);
  const props = input.props === undefined ? {} : (readRecord(input.props, 'props', ORG_OPTIONS, reading) ?? {});
  const contactEmail = readEmail(props['contactEmail'], 'contactEmail', reading);
  const orgId = readOrgId(props['orgId'], reading);
  return {
    ...(contactEmail !== undefined && { contactEmail }),
    ...(orgId !== undefined && { orgId }),
    apiVersion: readApiVersion(props['apiVersion'], apiVersions, reading),
    writePackage: readBoolean(props['writePackage'], 'writePackage', reading) ?? true,
    today: readToday(props['today'], input.clock, reading),
    engine: props['engine'],
    movedFrom: props['movedFrom'],
    reapplyOnDrift: readBoolean(props['reapplyOnDrift'], 'reapplyOnDrift', reading) ?? false,
    failOn: props['failOn'],
    diagnostics: reading.diagnostics,
  };
}

/** What the program says of the org's settings, in calls after its construction. */
export interface Statements {
  readonly settings: OrgSettings;
  readonly assumptions: OrgAssumptions;
  readonly diagnostics: readonly Diagnostic[];
}

/** @param calls Arguments of each call of `oauthSettings` and `assumes`. */
export function declareStatements(
  context: DeclareContext,
  calls: { readonly settings: readonly unknown[]; readonly assumptions: readonly unknown[] },
): Statements {
  const reading = new Reading(context, 'org');
  const settings = readStatements(calls.settings, 'oauthSettings', SETTINGS, reading);
  const assumptions = readStatements(calls.assumptions, 'assumes', ASSUMPTIONS, reading);
  checkOwner(settings, assumptions, reading);
  return { settings, assumptions, diagnostics: reading.diagnostics };
}

/** It becomes a folder, a Terraform address, an argument on the command line and part of `SF_<ORG>_…`. */
export const isOrgName = (name: string): boolean => /^[A-Za-z][A-Za-z0-9_-]{0,62}$/.test(name);

function checkName(name: string, reading: Reading): void {
  if (isOrgName(name)) return;
  reading.report(
    'invalid-org-name',
    'id',
    {
      problem: 'the construct id of the org cannot serve as a folder name and a Terraform address',
      allowed: 'a letter first, then letters, digits, hyphens and underscores, at most 63 characters',
      remedy: 'choose another construct id for the SalesforceOrg',
    },
    { given: name },
  );
}

function readOrgId(value: unknown, reading: Reading): string | undefined {
  const text = readText(value, 'orgId', reading);
  const problem = text === undefined ? undefined : organizationIdProblem(text);
  if (problem) reading.report('invalid-org-id', 'orgId', problem, { given: text });
  return text;
}

function readApiVersion(value: unknown, versions: OrgInput['apiVersions'], reading: Reading): number {
  if (value === undefined) return versions.default;
  if (typeof value === 'number' && Number.isInteger(value) && value >= versions.oldest && value <= versions.newest) {
    return value;
  }
  const allowed = `a whole number from ${versions.oldest} to ${versions.newest}`;
  const problem = { problem: 'this Metadata API version is not modeled', allowed, remedy: `give ${allowed}` };
  reading.report('invalid-api-version', 'apiVersion', problem, { given: value });
  return versions.default;
}

function readToday(value: unknown, clock: string, reading: Reading): string {
  const today = value ?? clock;
  if (typeof today === 'string' && isIsoDate(today)) return today;
  reading.wrongType('today', today, 'a date written YYYY-MM-DD');
  return '9999-12-31';
}

function readStatements<K extends string>(
  calls: readonly unknown[],
  method: string,
  names: readonly K[],
  reading: Reading,
): Partial<Record<K, boolean>> {
  if (calls.length > 1) {
    reading.found('stated-twice', { field: method }, { method, count: calls.length });
  }
  const record = calls.length === 0 ? {} : (readRecord(calls[0], method, names, reading) ?? {});
  const stated: Partial<Record<K, boolean>> = {};
  for (const name of names) {
    const value = readBoolean(record[name], `${method}.${name}`, reading);
    if (value !== undefined) stated[name] = value;
  }
  return stated;
}

/** A setting has one owner: either this program writes it, or it relies on another one. */
function checkOwner(settings: OrgSettings, assumptions: OrgAssumptions, reading: Reading): void {
  const { allowCodeAndCredentialsFlow: written } = settings;
  const { codeAndCredentialsFlow: assumed } = assumptions;
  if (written === undefined || assumed === undefined) return;
  reading.report('contradiction', 'assumes.codeAndCredentialsFlow', {
    problem:
      `oauthSettings sets allowCodeAndCredentialsFlow to ${written} while assumes says that someone else ` +
      `keeps it ${assumed}`,
    allowed: 'one of the two',
    remedy: 'remove assumes if this program owns the setting, else remove it from oauthSettings',
  });
}
