import { formatApiVersion } from '../metadata/api-version';
import type { Manifest } from '../metadata/manifest';
import type { ObservedOrg } from '../metadata/observed';
import { entryOf } from '../metadata/package/layout';
import { parseXml } from '../metadata/package/xml';
import type { Files } from '../metadata/package/zip';
import type { Org } from '../org/org';
import type { OrgCheck } from '../policy/check';
import { indexExceptions, optionExceptions } from '../policy/exceptions';
import type { AppPosture } from '../policy/posture';
import { connectedAppPosture } from '../policy/posture/connected-app';
import { externalClientAppPosture } from '../policy/posture/external-client-app';
import { orgPosture } from '../policy/posture/org';
import type { Diagnostic } from '../values/diagnostic';
import { fail, type Result } from '../values/result';
import { startJudging } from './judge';
import { readApps } from './read-org';
import type { UnreadFile } from './source-files';
import type { OnEvent } from './types';

/** Version of the shape of audits printed as JSON (D28). */
export const AUDIT_FORMAT_VERSION = '1.1';

/** Every app of one org or folder, judged by every control. */
export interface Audit extends OrgCheck {
  readonly format_version: string;
  readonly origin: 'org' | 'files';
  /** The org's name, or the path that was read. */
  readonly source: string;
  /** Files that could not be read; what they hold is not evaluated. */
  readonly unread: readonly UnreadFile[];
}

export interface AuditContext {
  readonly source: string;
  /** ISO date. */
  readonly today: string;
  readonly apiVersion: number;
  /** The declaration of the same org, where there is one: its justifications count, its kinds are known. */
  readonly manifest?: Manifest;
}

/**
 * Judges a live org: all apps, managed or not, and the org settings.
 * @throws OrgError where the org cannot be read.
 */
export async function auditOrg(
  org: Org,
  context: AuditContext & { readonly onEvent?: OnEvent; readonly signal?: AbortSignal },
): Promise<Audit> {
  const { apiVersion, onEvent, signal, source } = context;
  onEvent?.({ kind: 'step', message: `reading ${source} at API version ${formatApiVersion(apiVersion)}` });
  const { observed, files } = await readApps(org, apiVersion, signal ? { signal } : {});
  return judge(observed, files, context);
}

function judge(observed: ObservedOrg, files: Files, context: AuditContext): Audit {
  const { apiVersion, manifest, source, today } = context;
  const declared = new Map((manifest?.apps ?? []).map((app) => [app.api_name, app]));
  const settings = Object.values(observed.settings).some(({ state }) => state === 'present');
  const exceptions = indexExceptions([...declared.values()].flatMap(optionExceptions), today);
  const judging = startJudging({
    today,
    exceptions,
    ...(settings && { org: orgPosture(observed.settings, { origin: 'read' }) }),
  });
  judging.settings();
  const postures = [
    ...[...observed.apps.values()]
      .filter(({ platform }) => platform === 'external-client-app')
      .map((app) => externalClientAppPosture(app, { apiVersion, origin: 'read' })),
    ...connectedApps(files, apiVersion),
  ];
  for (const posture of postures) {
    const app = declared.get(posture.apiName);
    const ours = app?.platform === posture.platform ? app : undefined;
    judging.app(
      posture,
      ours && { kind: ours.kind, by: 'declared' },
      [],
      ours?.source && { subject: ours.source, controls: {} },
    );
  }
  const check = judging.done();
  const diagnostics = check.diagnostics.map(asFoundInOrg);
  const unread = unreadFiles(files);
  return { format_version: AUDIT_FORMAT_VERSION, origin: 'org', source, ...check, diagnostics, unread };
}

/** That nothing here needs an exception is the program's problem, not the org's: worth saying, no reason to fail. */
const asFoundInOrg = (found: Diagnostic): Diagnostic =>
  found.code === 'exception-unused' ? { ...found, severity: 'warning' } : found;

function connectedApps(files: Files, apiVersion: number): readonly AppPosture[] {
  return [...files].flatMap(([path, content]) => {
    const entry = entryOf(path);
    return entry.kind === 'connected-app' ? [connectedAppPosture(entry.fullName, tree(content), { apiVersion })] : [];
  });
}

function tree(content: string): Parameters<typeof connectedAppPosture>[1] {
  const parsed = parseXml(content);
  return parsed.ok ? parsed : fail(`line ${parsed.error.line}: ${parsed.error.problem}`);
}

function unreadFiles(files: Files): Audit['unread'] {
  return [...files].flatMap(([path, content]) => {
    if (entryOf(path).kind === 'other') return [];
    const result: Result<unknown, string> = tree(content);
    return result.ok ? [] : [{ path, reason: result.error }];
  });
}
