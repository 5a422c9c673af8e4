import { parseXml } from '../metadata/package/xml';
import { sessionTimeoutMinutes } from '../metadata/session-timeout';
import { exclusionOf, type SeenApp, statedKind } from '../policy/audit-config';
import type { CheckFacts } from '../policy/control';
import { indexExceptions } from '../policy/exceptions';
import { postureOf } from '../policy/posture/of-app';
import { orgPosture } from '../policy/posture/org';
import { USAGE_NOT_ASKED } from '../usage/report';
import { type Audit, AUDIT_FORMAT_VERSION, type AuditContext, type ExcludedApp } from './audit';
import { startJudging } from './judge';
import { type GroupReading, readGroup } from './read-group';
import { groupFiles, type SourceFiles, type UnreadFile } from './source-files';

/** What the files say about the org beside its apps; nothing about users. Files that contradict each other say nothing. */
function factsIn({ securitySettings = [], read, shown }: SourceFiles, unread: UnreadFile[]): CheckFacts {
  const found = new Set<number>();
  for (const path of securitySettings) {
    const text = read(path);
    const document = text.ok ? parseXml(text.value) : undefined;
    if (!text.ok) unread.push({ path: shown(path), reason: text.error });
    else if (document?.ok !== true)
      unread.push({ path: shown(path), reason: document?.error.problem ?? 'it is not XML' });
    const minutes = text.ok ? sessionTimeoutMinutes(text.value) : undefined;
    if (minutes !== undefined) found.add(minutes);
  }
  const [minutes] = found;
  return minutes !== undefined && found.size === 1 ? { orgSessionTimeoutMinutes: minutes } : {};
}

/**
 * Judges files: a Salesforce DX project, a Metadata API package. What is not among them is not evaluated, and a file that
 * cannot be read keeps no other from being judged. One app's files are in memory at a time.
 */
export function auditFiles(source: SourceFiles, context: AuditContext): Audit {
  const { apiVersion, today } = context;
  const groups = groupFiles(source);
  const unread: UnreadFile[] = [...source.unread];
  const read = (paths: readonly string[]): GroupReading => {
    const reading = readGroup(source, paths);
    unread.push(...reading.unread);
    return reading;
  };
  const settings = read(groups.settings);
  const present = Object.values(settings.observed.settings).some(({ state }) => state === 'present');
  const org = present ? orgPosture(settings.observed.settings, { origin: 'read' }) : undefined;
  const exceptions = indexExceptions(context.exceptions ?? [], today);
  const judge = startJudging({
    today,
    facts: factsIn(source, unread),
    exceptions,
    ...(org && { org }),
    ...(context.pack && { pack: context.pack }),
  });
  const excluded: ExcludedApp[] = [];
  const isExcluded = (app: SeenApp): boolean => {
    const reason = exclusionOf(context.config, app);
    if (reason !== undefined) excluded.push({ ...app, reason });
    return reason !== undefined;
  };
  judge.settings(settings.written);

  for (const { apiName, paths } of groups.apps) {
    if (isExcluded({ api_name: apiName, platform: 'external-client-app' })) continue;
    const { observed, written } = read(paths);
    for (const app of observed.apps.values()) {
      if (app.platform !== 'external-client-app') continue;
      const kind = statedKind(context.config, { api_name: app.apiName, platform: app.platform });
      judge.app(postureOf(app, { apiVersion, origin: 'read' }), kind, written);
    }
  }
  const external = new Set(groups.apps.map(({ apiName }) => apiName));
  for (const { apiName, path } of groups.connectedApps) {
    const seen: SeenApp = { api_name: apiName, platform: 'connected-app' };
    if (isExcluded(seen)) continue;
    const { observed, written } = read([path]);
    // That the files hold no app of the name says nothing about the org.
    const options = { apiVersion, origin: 'read', ...(external.has(apiName) && { sharesName: true }) } as const;
    for (const app of observed.connectedApps.values()) {
      judge.app(postureOf(app, options), statedKind(context.config, seen), written);
    }
  }
  return {
    format_version: AUDIT_FORMAT_VERSION,
    origin: 'files',
    source: context.source,
    ...judge.done(),
    unread,
    excluded,
    usage_not_evaluated: USAGE_NOT_ASKED,
  };
}
