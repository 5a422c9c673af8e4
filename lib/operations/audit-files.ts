import type { CheckFacts } from '../policy/control';
import { connectedAppPosture } from '../policy/posture/connected-app';
import { externalClientAppPosture } from '../policy/posture/external-client-app';
import { orgPosture } from '../policy/posture/org';
import { fail } from '../values/result';
import { type Audit, AUDIT_FORMAT_VERSION, type AuditContext } from './audit';
import { startJudging } from './judge';
import { type GroupReading, readGroup } from './read-group';
import { groupFiles, type SourceFiles, type UnreadFile } from './source-files';

/** Files say nothing about users. */
const NO_FACTS: CheckFacts = {};

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
  const judge = startJudging({ today, facts: NO_FACTS, ...(org && { org }) });
  judge.settings(settings.written);

  for (const [, paths] of groups.apps) {
    const { observed, written } = read(paths);
    for (const app of observed.apps.values()) {
      if (app.platform === 'external-client-app') {
        judge.app(externalClientAppPosture(app, { apiVersion, origin: 'read' }), undefined, written);
      }
    }
  }
  for (const { apiName, path } of groups.connectedApps) {
    const { documents, written } = read([path]);
    judge.app(
      connectedAppPosture(apiName, documents.get(path) ?? fail('it was not read'), { apiVersion }),
      undefined,
      written,
    );
  }
  return { format_version: AUDIT_FORMAT_VERSION, origin: 'files', source: context.source, ...judge.done(), unread };
}
