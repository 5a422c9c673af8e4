import type { Incident } from '../usage/incident';
import { isClientAppsError } from '../values/diagnostic';
import { visible, visibleLines } from '../values/visible';
import type { IncidentFolder } from './incident-folder';
import type { Io } from './io';

/** How an incident goes on in a folder. */
export const resumeLine = ({ path }: Pick<IncidentFolder, 'path'>): string =>
  `Continue with: client-apps incident --resume ${path}`;

/** The journal of an incident whose evidence is kept: from then on no disk keeps a step from being done (D31). */
export interface IncidentJournal {
  readonly save: (incident: Incident) => void;
  /** False, and said, where the folder does not have all that was done. */
  readonly end: (incident: Incident, report: string) => boolean;
}

export function goingOn(io: Io, folder: IncidentFolder): IncidentJournal {
  let why = '';
  const isKept = (write: () => void): boolean => {
    try {
      write();
      return true;
    } catch (error) {
      if (!isClientAppsError(error)) throw error;
      const first = why === '';
      why = error.diagnostics.map(({ problem }) => problem).join('; ');
      if (first) io.stderr.write(`${visible(`warning: the incident continues without its journal: ${why}`)}\n`);
      return false;
    }
  };
  return {
    save: (incident) => {
      isKept(() => folder.save(incident));
    },
    end: (incident, report) => {
      const journal = isKept(() => folder.save(incident));
      if (isKept(() => folder.report(report)) && journal) return true;
      io.stderr.write(
        visibleLines([
          `error: the journal and the report are incomplete: ${why}`,
          `Keep this output. Once the folder can be written, client-apps incident --resume ${folder.path} checks again and writes the report.`,
        ]),
      );
      return false;
    },
  };
}
