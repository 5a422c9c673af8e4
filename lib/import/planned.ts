import { componentType } from '../metadata/fields';
import { buildManifest } from '../metadata/manifest';
import { optionsOfField } from '../metadata/to-components';
import { optionsOf } from '../options/table';
import type { OrgFacts, OrgIdentity } from '../org/org';
import { draftPlan } from '../plan/draft-plan';
import { type FieldChange, NO_CONSENTS } from '../plan/plan';
import { isError } from '../values/diagnostic';
import { contextOf } from './context';
import { exempted, orgOf } from './controls';
import type { AppSource, Gap, Hardening, ImportedOrg } from './model';
import { judge } from './settle';

export interface Planned {
  readonly hardenings: readonly Hardening[];
  readonly gaps: readonly Gap[];
}

const NO_IDENTITY: OrgIdentity = { orgId: '', instanceUrl: '', apiVersions: [] };
const NO_FACTS: OrgFacts = { unread: [] };

/** What the first apply of the program does to an org, by the very plan that is made of it. */
export function planned(org: ImportedOrg, sources: readonly AppSource[], today: string): Planned {
  const here = sources.filter(({ found }) => found.some((each) => each.org === org));
  const apps = here.flatMap(({ apiName, kind, stated, exemptions }) => {
    const judged = judge(stated, kind, contextOf(org, apiName, today));
    return judged.ok ? [{ app: judged.value, exemptions: exempted(exemptions, today) }] : [];
  });
  const assumptions = here.some(({ stated }) => stated.has('codeAndCredentials'))
    ? { codeAndCredentialsFlow: true }
    : {};
  const manifest = buildManifest({ ...orgOf(org), assumptions, apps });
  const { plan } = draftPlan({
    manifest,
    observed: org.observed,
    identity: org.identity ?? NO_IDENTITY,
    facts: org.facts ?? NO_FACTS,
    ...(org.checkFacts && { checkFacts: org.checkFacts }),
    consents: NO_CONSENTS,
    today,
    lastReceipt: { apps: new Map() },
  });
  const hardenings = plan.apps.flatMap((app) => {
    const source = here.find(({ apiName }) => apiName === app.api_name);
    if (!source || app.action === 'orphaned') return [];
    return app.changes.filter(isOfApp).map((change) => hardening(change, source, org.name));
  });
  const paths = new Map(here.map(({ apiName }) => [contextOf(org, apiName, today).path, apiName]));
  const gaps = plan.diagnostics.filter(isError).flatMap(({ path, problem, remedy }): readonly Gap[] => {
    const app = paths.get(path);
    return app === undefined ? [] : [{ app, org: org.name, problem, remedy }];
  });
  return { hardenings, gaps };
}

/** The line that says who manages an app is announced once for all of them. */
function isOfApp({ type, field }: FieldChange): boolean {
  return componentType(type)?.fields.find(({ name }) => name === field)?.role !== 'carried';
}

/** Of two options that decide a field, the one that is stated. */
function hardening(change: FieldChange, { apiName, platform, kind, stated }: AppSource, org: string): Hardening {
  const options = optionsOfField(platform, change.type, change.field).filter((option) =>
    optionsOf(kind).includes(option),
  );
  const option = options.find((each) => stated.has(each)) ?? options.at(-1);
  return { org, app: apiName, platform, ...(option !== undefined && { option }), change };
}
