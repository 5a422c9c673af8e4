/** What a matcher answers: the shape that `expect.extend` of jest and of vitest takes. */
export interface MatcherResult {
  /** Whether the subject is as expected. */
  readonly pass: boolean;
  /** Why, for the case that the test fails: with `not`, where `pass` is true. */
  readonly message: () => string;
}

/** The call as it stands in the test, and below it what was found. */
export const answer = (pass: boolean, call: string, lines: readonly string[]): MatcherResult => ({
  pass,
  message: () => [`expect(…)${pass ? '.not' : ''}.${call}`, '', ...lines].join('\n'),
});

export const quoted = (text: string): string => `'${text}'`;
