import type { AppProof } from '../../lib/proof/report';
import type { ControlId } from '../../lib/values/catalog';
import { programDiagnostics } from '../engines/program';
import { todayInUtc } from '../today';
import type { IConstruct } from '../tree';
import { proofOf } from './attack';
import { declares, type ExpectedClientApp } from './declares';
import type { MatcherResult } from './match';
import { type PassControlOptions, passesControl, requireControl, violatedAtSynth } from './passes-control';
import { refuses } from './refuses';
import { isConstruct, orgsAsked, type TestSubject } from './subject';

/** The matchers as a test calls them; merge it into the `Matchers` of your test runner, as docs/testing.md shows. */
export interface ClientAppMatchers<R = void> {
  /** The program, org or manifest declares a client app of that API name, and it is as expected. */
  toDeclareClientApp(apiName: string, expected?: ExpectedClientApp): R;
  /**
   * What the control judges of the program, org, client app or manifest passes it. Throws where the control judges nothing
   * of it, or could not be evaluated.
   */
  toPassControl(control: ControlId, options?: PassControlOptions): R;
  /**
   * The app, or its proof, refuses that attack, or every attack where none is named. Throws where the attack was not tried,
   * or where the use beside it was refused as well.
   * @param attack Id of a case, as `client-apps prove --verbose` prints it in parentheses.
   */
  toRefuse(attack?: string): Promise<void>;
}

/** For `expect.extend`, of jest, vitest or any other runner that takes the same shape. */
export const clientAppMatchers = {
  /** As {@link ClientAppMatchers.toDeclareClientApp}. */
  toDeclareClientApp: (subject: TestSubject, apiName: string, expected: ExpectedClientApp = {}): MatcherResult =>
    declares(orgsAsked(subject, todayInUtc), apiName, expected),

  /** As {@link ClientAppMatchers.toPassControl}. */
  toPassControl: (subject: TestSubject, control: ControlId, options: PassControlOptions = {}): MatcherResult => {
    requireControl(control);
    // A violation is an error of synth as a rule: there is no manifest to judge then.
    const violated = isConstruct(subject) && violatedAtSynth(control, programDiagnostics(subject), isMeantBy(subject));
    return violated || passesControl(orgsAsked(subject, todayInUtc), control, options);
  },

  /** As {@link ClientAppMatchers.toRefuse}. */
  toRefuse: async (subject: TestSubject | AppProof, attack?: string): Promise<MatcherResult> =>
    refuses(isProof(subject) ? subject : await proofOf(subject), attack),
};

/** What is neither is refused by proofOf, whatever it is. */
const isProof = (subject: TestSubject | AppProof): subject is AppProof =>
  typeof subject === 'object' && (subject as unknown) !== null && 'results' in subject;

/** Whether a problem of that path belongs to the construct, or to the org around it where it is all of that. */
function isMeantBy(subject: IConstruct): (path: string) => boolean {
  const { path: own } = subject.node;
  return (path) => own === '' || path === own || path.startsWith(`${own}/`);
}
