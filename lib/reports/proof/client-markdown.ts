import type { ClientProof, ScenarioResult } from '../../proof/clients/report';
import { markdownTable } from '../../values/markdown-table';
import { visible } from '../../values/visible';
import { code, prose } from '../markdown-prose';
import { becauseWords, callWords, CLIENT_WORDS, clientConclusion, resultToday, triedOn } from './client-words';
import { appHeading, wireLines } from './words';

/** The same for a summary of a pull request. */
export function clientMarkdown(proofs: readonly ClientProof[]): string {
  return `${['## Client', ...proofs.flatMap(proofBlocks), prose(triedOn(proofs))].join('\n\n')}\n`;
}

function proofBlocks(proof: ClientProof): readonly string[] {
  const { scenarios, wire } = proof.declared;
  const rows = scenarios.map((result) => [CLIENT_WORDS[result.outcome], prose(result.about), didCell(proof, result)]);
  return [
    `### ${code(`${proof.org}: ${appHeading(proof)}`)}`,
    `**${prose(clientConclusion(proof))}**`,
    markdownTable(['outcome', 'what was tried', 'what the client did'], rows),
    ...scenarios.flatMap(({ about, output = '', exchanges = [] }) => [
      ...block(`What it printed: ${about}`, output.split('\n')),
      ...block(`What went over the wire: ${about}`, wireLines({ wire: exchanges })),
    ]),
    ...block('What it sent', wire.map(callWords)),
  ];
}

function didCell(proof: ClientProof, { scenario, did, because }: ScenarioResult): string {
  const today = resultToday(proof, scenario);
  return [did, because && becauseWords(because), today]
    .filter((text) => text !== undefined)
    .map(prose)
    .join('; ');
}

/** Lines of others, indented: none of them can end the block. */
function block(title: string, lines: readonly string[]): readonly string[] {
  const shown = lines.filter((text) => text !== '');
  return shown.length === 0 ? [] : [`#### ${prose(title)}`, shown.map((text) => `    ${visible(text)}`).join('\n')];
}
