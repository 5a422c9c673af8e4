import type { OrgProof, ProofResult } from '../../proof/report';
import { markdownTable } from '../../values/markdown-table';
import { visible } from '../../values/visible';
import { code } from '../markdown-text';
import { appHeading, didWords, meaning, notTried, OUTCOME_WORDS, proofSummary, wireLines } from './words';

/** The same for a summary of a pull request. */
export function proofMarkdown(orgs: readonly OrgProof[]): string {
  const apps = orgs.flatMap((org) =>
    org.apps.map((app) => {
      const left = notTried(app);
      const rows = app.results.map((result) => [
        OUTCOME_WORDS[result.outcome],
        result.about,
        [code(didWords(result)), meaning(result)].filter(Boolean).join('; '),
      ]);
      const heading = `### ${code(`${org.org}: ${appHeading(app)}`)}`;
      const table = markdownTable(['outcome', 'what was tried', 'what the org did'], rows);
      return [heading, table, left, ...app.results.flatMap(wireBlock)]
        .filter((text) => text !== undefined)
        .join('\n\n');
    }),
  );
  return `${['## Proof', ...proofSummary(orgs), ...apps].join('\n\n')}\n`;
}

/** What went over the wire, indented: no line of it can end the block. */
function wireBlock(result: ProofResult): readonly string[] {
  const lines = wireLines(result);
  if (lines.length === 0) return [];
  return [`#### ${code(result.about)}`, lines.map((text) => `    ${visible(text)}`).join('\n')];
}
