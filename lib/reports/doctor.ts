import type { CheckResult, Verdict } from '../operations/doctor-finding';
import { visible } from '../values/visible';
import { BLANK, type Line, line, marked, printLines, type Tone } from './lines';
import type { RenderOptions } from './style';

/** What doctor found, of this machine and of each org. */
export interface DoctorReport {
  readonly machine: readonly CheckResult[];
  readonly orgs: readonly { readonly org: string; readonly checks: readonly CheckResult[] }[];
}

const TONES: Readonly<Record<Verdict, Tone | undefined>> = {
  ok: 'good',
  warning: 'warn',
  failed: 'bad',
  'not evaluated': 'dim',
};

/** One line for each check, with what to do below it, and the count of all. */
export function doctorText({ machine, orgs }: DoctorReport, options: RenderOptions = {}): string {
  const all = [...machine, ...orgs.flatMap(({ checks }) => checks)];
  return printLines(
    [
      line(0, 'This machine', 'bold'),
      ...machine.flatMap(checkLines),
      BLANK,
      ...orgs.flatMap(({ org, checks }) => [
        line(0, `Org ${visible(org)}`, 'bold'),
        ...checks.flatMap(checkLines),
        BLANK,
      ]),
      line(0, summary(all)),
    ],
    options,
  );
}

function checkLines({ title, verdict, found, fix }: CheckResult): readonly Line[] {
  const [first = '', ...rest] = found.split('\n').map(visible);
  return [
    marked(1, `${verdict}:`, TONES[verdict], `${title}: ${first}`),
    ...rest.map((text) => line(3, text)),
    ...(fix === undefined ? [] : [line(3, `to do: ${visible(fix)}`)]),
  ];
}

function summary(all: readonly CheckResult[]): string {
  const count = (verdict: Verdict): number => all.filter((each) => each.verdict === verdict).length;
  const parts = (['ok', 'warning', 'failed', 'not evaluated'] as const).flatMap((each) =>
    count(each) > 0 ? [`${count(each)} ${each}`] : [],
  );
  return `${all.length} checks: ${parts.join(', ')}. Nothing was written to any org.`;
}
