import type { OrgProof, ProofResult } from '../../proof/report';
import { visible } from '../../values/visible';
import { BLANK, type Line, line, printLines, type Tone } from '../lines';
import type { RenderOptions } from '../style';
import { appHeading, meaning, notTried, OUTCOME_WORDS, proofSummary, wireLines } from './words';

const WIDTH = 14;

/** What was tried on each app, and, where it is not as declared or `verbose` asks for it, what the org said. */
export function proofText(
  orgs: readonly OrgProof[],
  options: RenderOptions = {},
  { verbose = false }: { readonly verbose?: boolean } = {},
): string {
  const lines = orgs.flatMap((org) =>
    org.apps.flatMap((app) => {
      const left = notTried(app);
      return [
        line(0, visible(`${orgs.length > 1 ? `${org.org}: ` : ''}${appHeading(app)}`), 'bold'),
        ...app.results.flatMap((result) => resultLines(result, verbose)),
        ...(left === undefined ? [] : [line(1, left)]),
        BLANK,
      ];
    }),
  );
  const [conclusion = '', ...rest] = proofSummary(orgs);
  return printLines([...lines, line(0, conclusion, 'bold'), ...rest.map((text) => line(0, text))], options);
}

function resultLines(result: ProofResult, verbose: boolean): readonly Line[] {
  const tone: Tone = result.outcome === 'violated' ? 'bad' : result.outcome === 'as-declared' ? 'good' : 'warn';
  const did = result.granted ? 'granted' : 'refused';
  const more = verbose || result.outcome !== 'as-declared' ? [result.said, meaning(result)] : [];
  // By this id a test of one's own asks for the case.
  const id = verbose ? ` (${result.case})` : '';
  const wire = wireLines(result);
  return [
    line(1, `${OUTCOME_WORDS[result.outcome].padEnd(WIDTH)}${did}  ${result.about}${id}`, tone),
    ...[...more, ...wire].flatMap((text) =>
      text === undefined ? [] : [line(1, visible(`${' '.repeat(WIDTH)}${text}`))],
    ),
  ];
}
