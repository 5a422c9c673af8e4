import type { ClientProof, ClientRun, ScenarioResult } from '../../proof/clients/report';
import { visible } from '../../values/visible';
import { BLANK, type Line, line, printLines, type Tone } from '../lines';
import type { RenderOptions } from '../style';
import { becauseWords, callWords, CLIENT_WORDS, clientConclusion, triedOn } from './client-words';
import { appHeading, wireLines } from './words';

const WIDTH = 14;
const TONES = { survives: 'good', breaks: 'bad', 'not-evaluated': 'warn' } as const satisfies Record<string, Tone>;

/** What a client did in each scenario, what it sent, and whether it survives. */
export function clientText(proofs: readonly ClientProof[], options: RenderOptions = {}): string {
  const lines = proofs.flatMap((proof) => [
    line(0, visible(`${proof.org}: ${appHeading(proof)}`), 'bold'),
    ...(proof.today ? [line(0, visible(`Settings of ${proof.today.org} today`)), ...runLines(proof.today.run)] : []),
    ...(proof.today ? [line(0, 'Settings of the program')] : []),
    ...runLines(proof.declared),
    BLANK,
    line(0, visible(clientConclusion(proof)), proof.declared.outcome === 'survives' ? 'good' : 'bold'),
  ]);
  return printLines([...lines, line(0, visible(triedOn(proofs)))], options);
}

const runLines = ({ scenarios, wire }: ClientRun): readonly Line[] => [
  ...scenarios.flatMap(scenarioLines),
  ...(wire.length === 0 ? [] : [line(1, 'what it sent:')]),
  ...wire.map((call) => line(2, visible(callWords(call)))),
];

function scenarioLines({ outcome, about, did, because, output, exchanges = [] }: ScenarioResult): readonly Line[] {
  const under = (text: string): Line => line(1, visible(`${' '.repeat(WIDTH)}${text}`));
  return [
    line(1, `${CLIENT_WORDS[outcome].padEnd(WIDTH)}${about}`, TONES[outcome]),
    under(did),
    ...(because ? [under(becauseWords(because))] : []),
    ...wireLines({ wire: exchanges }).map(under),
    ...(output ?? '').split('\n').flatMap((text) => (text === '' ? [] : [under(`| ${text}`)])),
  ];
}
