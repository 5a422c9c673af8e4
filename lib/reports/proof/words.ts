import type { AppProof, OrgProof, ProofOutcome, ProofResult } from '../../proof/report';
import { plural } from '../../values/plural';

/** What an outcome is called in the first column. */
export const OUTCOME_WORDS: Readonly<Record<ProofOutcome, string>> = {
  'as-declared': 'ok',
  excepted: 'exception',
  violated: 'VIOLATED',
  'not-evaluated': 'not evaluated',
};

/** What the org did. */
export const didWords = ({ granted, said }: ProofResult): string => `${granted ? 'granted' : 'refused'}: ${said}`;

/** What it means, where it is not what the declaration demands. */
export function meaning({ outcome, demands, excepted_until: until }: ProofResult): string | undefined {
  switch (outcome) {
    case 'violated':
      return demands === 'refusal'
        ? 'this must be refused: the declaration lets it through'
        : 'this must be granted: the client of this app would not work';
    case 'excepted':
      return `a recorded exception allows it until ${until ?? 'a date that is not known'}`;
    case 'not-evaluated':
      return 'the legitimate use was refused as well, so this refusal proves nothing';
    default:
      return undefined;
  }
}

export const appHeading = ({ app, platform, kind }: Pick<AppProof, 'app' | 'platform' | 'kind'>): string =>
  `${app} (${platform === 'connected-app' ? 'Connected App' : 'External Client App'}, ${kind} client)`;

export const notTried = ({ not_evaluated: flows }: AppProof): string | undefined =>
  flows.length === 0 ? undefined : `not evaluated, because the built-in org cannot do it: ${flows.join(', ')}`;

/** The conclusion, and what it is worth. */
export function proofSummary(orgs: readonly OrgProof[]): readonly string[] {
  const results = orgs.flatMap(({ apps }) => apps.flatMap((app) => app.results));
  const good = (demands: ProofResult['demands']): number =>
    results.filter((result) => result.demands === demands && result.outcome === 'as-declared').length;
  const others = (['excepted', 'not-evaluated', 'violated'] as const).flatMap((outcome) => {
    const count = results.filter((result) => result.outcome === outcome).length;
    return count === 0 ? [] : [`${count} ${outcome === 'violated' ? 'VIOLATED' : OUTCOME_WORDS[outcome]}`];
  });
  const refused = plural(good('refusal'), 'attack');
  const granted = plural(good('grant'), 'use');
  return [
    `${[`${refused} refused`, `${granted} granted`, ...others].join(', ')}.`,
    'Tried on the built-in org, which follows what Salesforce publishes; no request went to Salesforce.',
  ];
}

/** What went over the wire, a line each. */
export const wireLines = ({ wire = [] }: Pick<ProofResult, 'wire'>): readonly string[] =>
  wire.flatMap(({ request, sent, answer }) => [`> ${request}`, ...sent.map((field) => `>   ${field}`), `< ${answer}`]);
