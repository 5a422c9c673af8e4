/** One line of the printed table. A bench prints and fails nothing: machines differ. */
export interface Row {
  readonly what: string;
  readonly measured: string;
  readonly meant: string;
}

export function printTable(rows: readonly Row[]): void {
  const columns = [['what', 'measured', 'meant'], ...rows.map(({ what, measured, meant }) => [what, measured, meant])];
  const widths = [0, 1, 2].map((column) => Math.max(...columns.map((cells) => cells[column]?.length ?? 0)));
  for (const cells of columns) {
    process.stdout.write(
      `${cells
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd()}\n`,
    );
  }
}

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

export const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`;
