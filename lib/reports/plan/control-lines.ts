import type { ControlChange } from '../../plan/plan';
import { groupBy } from '../../values/group-by';
import { visible } from '../../values/visible';
import { type Line, marked, type Tone } from '../lines';

interface Words {
  readonly sign: string;
  readonly verb: string;
  readonly tone: Tone;
  /** Why, or by whom it is excused. */
  readonly because: string;
}

/** What a change means for one security control. */
export function controlWords({ before, after, severity = 'low', because, exception }: ControlChange): Words {
  const still = before === after ? 'still ' : '';
  if (after === 'fail') return { sign: '❌', verb: `${still}violates (${severity})`, tone: 'bad', because };
  if (after === 'justified' && exception) {
    const { reason, approved_by: by, expires, ticket } = exception;
    const recorded = ticket === undefined ? '' : `, ${ticket}`;
    return {
      sign: '📝',
      verb: `${still}exempt until ${expires} (${severity})`,
      tone: 'warn',
      because: `${reason} (approved by ${by}${recorded})`,
    };
  }
  return {
    sign: '✅',
    verb: after === 'not-evaluated' ? 'no longer evaluated' : 'no longer violates',
    tone: 'good',
    // Its reason still objects, and would read like the violation that is gone.
    because: after === 'low-risk' ? `what remains is a low risk: ${because}` : because,
  };
}

/** What controls object to in an app, or objected to before the change: the finding, then the controls that say so. */
export function controlLines(depth: number, changes: readonly ControlChange[]): readonly Line[] {
  return sameFindings(changes).map(([{ verb, tone, because }, controls]) =>
    marked(depth, `${verb}:`, tone, `${visible(because)} [${controls.join(', ')}]`),
  );
}

/** One reason may answer for several controls. */
export const sameFindings = (
  changes: readonly ControlChange[],
): readonly (readonly [words: Words, controls: readonly string[]])[] =>
  [...groupBy(changes, (change) => JSON.stringify(controlWords(change))).values()].map((group) => [
    controlWords(group[0]),
    group.map(({ control }) => control),
  ]);
