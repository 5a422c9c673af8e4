import type { OrgProof } from '../../proof/report';
import { markdownTable } from '../../values/markdown-table';
import { code } from '../markdown-text';
import { appHeading, didWords, meaning, notTried, OUTCOME_WORDS, proofSummary } from './words';

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
      return [heading, markdownTable(['outcome', 'what was tried', 'what the org did'], rows), left]
        .filter((text) => text !== undefined)
        .join('\n\n');
    }),
  );
  return `${['## Proof', ...proofSummary(orgs), ...apps].join('\n\n')}\n`;
}
