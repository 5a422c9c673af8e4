/** How emphasis is drawn; the identity where there is no terminal. Keeps the renderers free of escape codes. */
export interface Style {
  /** What needs attention: widens, breaks, errors. */
  readonly bad: (text: string) => string;
  /** What is reassuring: narrows, in sync. */
  readonly good: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly bold: (text: string) => string;
}

const same = (text: string): string => text;

export const PLAIN: Style = { bad: same, good: same, warn: same, dim: same, bold: same };

export interface RenderOptions {
  readonly style?: Style;
  /** Columns of the terminal; lines are wrapped to fit. Default: no wrapping, for files and logs. */
  readonly width?: number;
  /** Of new apps also what the code does not state and what is the secure default. Default: their number. */
  readonly verbose?: boolean;
}
