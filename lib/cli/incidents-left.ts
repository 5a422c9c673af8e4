import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

import { type Incident, isCutOff, stepsText } from '../usage/incident';
import { diagnose } from '../values/diagnose';
import type { Diagnostic } from '../values/diagnostic';
import { shellWord } from '../values/shell-word';
import { errnoOf } from './files';
import type { OrgFlags } from './flags';
import { openIncident } from './incident-folder';
import type { Io } from './io';
import { memoryFile } from './project';
import { readEach } from './remembered';

/** The folder of the incidents for which no one named another one. */
export const INCIDENTS = 'incidents';

/** An incident whose process died, and what goes on with it. */
export interface IncidentLeft {
  /** As it is typed: from the working directory. */
  readonly folder: string;
  readonly incident: Incident;
}

/** Incidents that were cut off, of every org. One in a folder that --out named is not looked for. */
export function incidentsLeft(
  io: Io,
  flags: OrgFlags,
): { readonly incidents: readonly IncidentLeft[]; readonly problems: readonly Diagnostic[] } {
  const folder = memoryFile(io, flags, INCIDENTS);
  // One that died before it announced anything has changed nothing.
  const begun = namesIn(folder)
    .map((name) => join(folder, name))
    .filter((path) => namesIn(path).includes('incident.json'));
  const { found, problems } = readEach(begun, (path) => openIncident(path).incident);
  const incidents = found.flatMap(({ file, content: incident }) =>
    isCutOff(incident) ? [{ folder: relative(io.cwd, file), incident }] : [],
  );
  return { incidents, problems };
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errnoOf(error) ?? '')) return [];
    throw error;
  }
}

/** @param path Of the org. */
export const incidentProblem = ({ folder, incident }: IncidentLeft, path: string): Diagnostic =>
  diagnose(
    'incident-unfinished',
    { path },
    { app: incident.app, begun: incident.alarm, steps: stepsText(incident), folder: shellWord(folder) },
  );
