import type { AppSubject, Verdict } from '../control';
import { notApplicable, notEvaluated } from '../define';
import type { AppTokenFacts } from '../usage-facts';

/** Judges the tokens of an app: what was not read is not evaluated, and an app without any has nothing to judge. */
export function judgeTokens({ app, facts }: AppSubject, judge: (tokens: AppTokenFacts) => Verdict): Verdict {
  const read = facts.usage?.tokensOf(app);
  if (read === undefined) return notEvaluated('Tokens were not read.');
  if (read.state === 'unreadable') return notEvaluated(read.reason);
  const tokens = read.state === 'value' ? read.value : undefined;
  if (tokens === undefined || tokens.count === 0) {
    return tokens?.atLeast
      ? notEvaluated('The list of tokens is incomplete, and tokens of this app may be among the missing ones.')
      : notApplicable('The app has no tokens.');
  }
  return judge(tokens);
}

export const CUT = 'The list of tokens is incomplete: tokens that were not listed were not checked.';
