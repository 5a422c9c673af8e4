import { formatApiVersion } from '../metadata/api-version';
import { everyApp, isMigrated, sameNamed } from '../metadata/live-app';
import type { Manifest, ManifestApp } from '../metadata/manifest';
import type { ObservedApp, ObservedOrg } from '../metadata/observed';
import { entryOf } from '../metadata/package/layout';
import { parseXml } from '../metadata/package/xml';
import type { Files } from '../metadata/package/zip';
import type { ApiClientHolders, Org } from '../org/org';
import { type AuditConfig, exclusionOf, kindConflict, type SeenApp, statedKind } from '../policy/audit-config';
import type { OrgCheck } from '../policy/check';
import { declaredExceptions, type Exception, indexExceptions, orgExceptions } from '../policy/exceptions';
import type { PackName } from '../policy/packs';
import type { AppPosture } from '../policy/posture';
import { declaredCertificate, withDeclaredCertificate } from '../policy/posture/certificate';
import { exchangeHandlers, handlerUsers } from '../policy/posture/exchange-handlers';
import { postureOf } from '../policy/posture/of-app';
import { orgPosture } from '../policy/posture/org';
import { type Reading, unreadable, valued, valueOf } from '../policy/reading';
import type { UsageCheckFacts } from '../policy/usage-facts';
import { usageCheckFacts } from '../usage/check-facts';
import type { UsageReport } from '../usage/report';
import { USAGE_NOT_ASKED } from '../usage/report';
import type { Diagnostic } from '../values/diagnostic';
import { startJudging } from './judge';
import { readCheckFacts } from './read-check-facts';
import { valueProblem } from './read-group';
import { readApps } from './read-org';
import { readUsageFacts } from './read-usage';
import type { UnreadFile } from './source-files';
import type { OnEvent } from './types';

/** Version of the shape of audits printed as JSON (D28). */
export const AUDIT_FORMAT_VERSION = '1.2';

/** Every app of one org or folder, judged by every control. */
export interface Audit extends OrgCheck {
  /** Version of the shape of this document, major and minor: `1.1`. An unknown major is refused on reading. */
  readonly format_version: string;
  /** Whether an org was read, or metadata files. */
  readonly origin: 'org' | 'files';
  /** The org's name, or the path that was read. */
  readonly source: string;
  /** Files, records and facts that could not be read; what they hold is not evaluated. */
  readonly unread: readonly UnreadFile[];
  /** Apps that a configuration keeps from being judged. */
  readonly excluded: readonly ExcludedApp[];
  /** Who uses the org through which app, where it was asked for. */
  readonly usage?: UsageReport;
  /** Said where it was not. */
  readonly usage_not_evaluated?: string;
}

export interface ExcludedApp extends SeenApp {
  /** Why, as the configuration says it. */
  readonly reason: string;
}

/** What `auditOrg` judges by. */
export interface AuditContext {
  /** What the report calls the org. */
  readonly source: string;
  /** ISO date. */
  readonly today: string;
  /** Version of the Metadata API that reads: 60 to 68. */
  readonly apiVersion: number;
  /** The declaration of the same org, where there is one: its justifications count, its kinds are known. */
  readonly manifest?: Manifest;
  /** What someone knows about the apps. */
  readonly config?: AuditConfig;
  /** Judge by these requirements alone. */
  readonly pack?: PackName;
  /** Read tokens and logins from this time on, too: ISO. @default - not evaluated */
  readonly usageSince?: string;
  /** Exceptions from elsewhere than a program, beside those of the manifest. */
  readonly exceptions?: readonly Exception[];
}

/**
 * Judges a live org: all apps, managed or not, and the org settings, with what the org tells about run-as users.
 * @throws OrgError where the org cannot be read.
 */
export async function auditOrg(
  org: Org,
  context: AuditContext & { readonly onEvent?: OnEvent; readonly signal?: AbortSignal },
): Promise<Audit> {
  const { apiVersion, config, manifest, onEvent, signal, source, today } = context;
  const options = signal ? { signal } : {};
  onEvent?.({ kind: 'step', message: `reading ${source} at API version ${formatApiVersion(apiVersion)}` });
  const { observed, files } = await readApps(org, apiVersion, options);
  const postures = everyApp(observed).map((app) =>
    postureOf(app, { apiVersion, origin: 'read', ...sharing(app, observed) }),
  );
  const handlers = exchangeHandlers(observed.oauthRecords, manifest?.records);
  const users = [...runAsUsers(postures), ...handlerUsers(handlers)];
  const usage = await usageOf(org, context, postures);
  // At once, so that both go out in one call.
  const [{ facts, unread }, clients] = await Promise.all([
    readCheckFacts(org, users, options),
    org.apiClientHolders(options),
  ]);
  const settings = Object.values(observed.settings).some(({ state }) => state === 'present');
  const declared = new Map((manifest?.apps ?? []).map((app) => [app.api_name, app]));
  const known = [...declared.values()].flatMap(declaredExceptions);
  const all = [...known, ...(manifest ? orgExceptions(manifest) : []), ...(context.exceptions ?? [])];
  const judging = startJudging({
    today,
    facts: { ...facts, exchangeHandlers: handlers, ...(usage && { usage: usage.facts }) },
    exceptions: indexExceptions(all, today),
    ...(context.pack && { pack: context.pack }),
    ...((settings || usage) && {
      org: orgPosture(observed.settings, { origin: 'read', anyApiClientHolders: holdersOf(clients) }),
    }),
  });
  judging.settings();

  const excluded: ExcludedApp[] = [];
  const conflicts: Diagnostic[] = [];
  for (const posture of postures) {
    const app: SeenApp = { api_name: posture.apiName, platform: posture.platform, org: source };
    const reason = exclusionOf(config, app);
    if (reason !== undefined) {
      excluded.push({ ...app, reason });
      continue;
    }
    const ours = declaredAs(posture, declared);
    if (ours) conflicts.push(...kindConflict(config, app, ours.kind, ours.path));
    const kind = ours ? ({ kind: ours.kind, by: 'declared' } as const) : statedKind(config, app);
    judging.app(
      withDeclaredCertificate(posture, ours && declaredCertificate(ours)),
      kind,
      [],
      ours?.source && { subject: ours.source, controls: {} },
    );
  }
  const check = judging.done();
  return {
    format_version: AUDIT_FORMAT_VERSION,
    origin: 'org',
    source,
    ...check,
    diagnostics: [...conflicts, ...check.diagnostics.map(asFoundInOrg)],
    unread: [...unreadRecords(files), ...[...observed.unplaced, ...unread].map((reason) => ({ path: source, reason }))],
    excluded,
    ...(usage ? { usage: usage.report } : { usage_not_evaluated: USAGE_NOT_ASKED }),
  };
}

/** One reading more, only for who asks for it. */
async function usageOf(
  org: Org,
  { source, today, manifest, config, usageSince: since, signal }: AuditContext & { readonly signal?: AbortSignal },
  postures: readonly AppPosture[],
): Promise<{ readonly report: UsageReport; readonly facts: UsageCheckFacts } | undefined> {
  if (since === undefined) return undefined;
  const reading = await readUsageFacts(org, {
    org: source,
    interactiveOf: runAsUsers(postures),
    today,
    since,
    ...(config && { known: config.known }),
    ...(manifest && { manifest }),
    ...(signal && { signal }),
  });
  const allowed = (config?.door_holders ?? []).filter((each) => each.org === undefined || each.org === source);
  return { report: reading.report, facts: usageCheckFacts(reading, { postures, allowed }) };
}

const holdersOf = (answer: ApiClientHolders): Reading<readonly string[]> =>
  'holders' in answer
    ? valued(answer.holders)
    : unreadable(`who holds Use Any API Client (UseAnyApiClient) is not known: ${answer.unknown}`);

/** Whom the client credentials flow of any app runs as. */
const runAsUsers = (postures: readonly AppPosture[]): readonly string[] =>
  postures.flatMap(({ fields }) => valueOf(fields.runAsUser) ?? []);

function declaredAs(
  { apiName, platform }: AppPosture,
  declared: ReadonlyMap<string, ManifestApp>,
): ManifestApp | undefined {
  const app = declared.get(apiName);
  return app?.platform === platform ? app : undefined;
}

/** That nothing here needs an exception is the program's problem, not the org's: worth saying, no reason to fail. */
const asFoundInOrg = (found: Diagnostic): Diagnostic =>
  found.code === 'exception-unused' ? { ...found, severity: 'warning' } : found;

/** Of a Connected App: whether an External Client App has its name, where that is known. */
function sharing(
  app: ObservedApp,
  observed: ObservedOrg,
): { readonly sharesName?: boolean; readonly migrated?: boolean } {
  const found = sameNamed(observed, app) !== undefined;
  return app.platform === 'connected-app' && (found || observed.unplaced.length === 0)
    ? { sharesName: found, migrated: isMigrated(observed, app) }
    : {};
}

function unreadRecords(files: Files): readonly UnreadFile[] {
  return [...files].flatMap(([path, content]) => {
    if (entryOf(path).kind === 'other') return [];
    const xml = parseXml(content);
    const reason = xml.ok ? valueProblem(path, xml.value) : `line ${xml.error.line}: ${xml.error.problem}`;
    return reason === undefined ? [] : [{ path, reason }];
  });
}
