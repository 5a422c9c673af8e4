import type { Fact } from './ask';

export interface Contract {
  readonly format_version: '1.0';
  /** `emulator`, or the host of the org. */
  readonly org: string;
  readonly facts: readonly Fact[];
}

/** What the org says beside what the emulator assumes, what differs first. */
export function contractText({ org, facts }: Contract): string {
  const answered = facts.filter((fact) => fact.answer !== undefined);
  const differing = answered.filter(({ agrees }) => agrees === false);
  const line = ({ fact, answer, default: standard, agrees }: Fact): string =>
    `${agrees === true ? '  ' : '! '}${fact}: ${org} says ${String(answer)}; the emulator's default is ${String(standard)}`;
  return `${[
    ...differing.flatMap((fact) => [line(fact), `    ${fact.about}`]),
    ...answered.filter(({ agrees }) => agrees === true).map(line),
    ...facts.flatMap(({ fact, open: why }) => (why === undefined ? [] : [`? ${fact}: not answered: ${why}`])),
    ...facts.flatMap(({ fact, left }) => (left === undefined ? [] : [`! ${fact} left behind: ${left}`])),
    '',
    `${org}: ${answered.length} of ${facts.length} open facts answered, ${differing.length} otherwise than assumed.`,
  ].join('\n')}\n`;
}
