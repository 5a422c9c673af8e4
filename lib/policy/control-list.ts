import type { Control } from './control';
import { CONTROLS } from './controls';
import { formatRange, severityOf } from './severity';

/** Version of the shape of the list printed as JSON (D28). */
export const CONTROL_LIST_FORMAT_VERSION = '1.0';

/** One control in a list of all of them. */
interface ListedControl {
  readonly id: string;
  readonly title: string;
  /** The bands that violations fall into; `advice` where there are none. */
  readonly severity: { readonly from: string; readonly to: string; readonly by: 'salesforce' | 'ours' } | 'advice';
  /** Empty: it checks the org-wide settings. */
  readonly platforms: readonly string[];
  readonly kinds: readonly string[];
}

/** All controls, by id. */
export const listedControls = (): readonly ListedControl[] =>
  CONTROLS.map((control) => {
    const { id, title, advisory, cvss } = control;
    const about = control.level === 'app' ? control : { appliesTo: [], kinds: [] };
    return {
      id,
      title,
      severity: advisory ? 'advice' : { from: severityOf(cvss.from), to: severityOf(cvss.to), by: cvss.by },
      platforms: about.appliesTo,
      kinds: about.kinds,
    };
  });

/** The same as a table: id, severity, title. */
export function controlListText(): string {
  const rows = CONTROLS.map((control) => [control.id, severityWords(control), control.title] as const);
  const [idWidth, severityWidth] = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map(
    ([id, severity, title]) => `${id.padEnd(idWidth ?? 0)}  ${severity.padEnd(severityWidth ?? 0)}  ${title}`,
  );
  return `${lines.join('\n')}\n`;
}

const severityWords = ({ advisory, cvss }: Control): string =>
  advisory ? 'advice' : formatRange(cvss).replace(/ \(.*/, '');
