import type { ControlChange } from '../../plan/plan';
import { type Line, marked, type Tone } from '../lines';
import { visible } from '../../values/visible';

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
      verb: `${still}excused until ${expires} (${severity})`,
      tone: 'warn',
      because: `${reason} (${by}${recorded})`,
    };
  }
  return {
    sign: '✅',
    verb: after === 'not-evaluated' ? 'no longer evaluated' : 'no longer violates',
    tone: 'good',
    // Its reason still objects, and would read like the violation that is gone.
    because: after === 'low-risk' ? `what stays is a low risk: ${because}` : because,
  };
}

/** The security controls that object to an app, or did so before the change. */
export function controlLines(depth: number, changes: readonly ControlChange[]): readonly Line[] {
  return changes.map((change) => {
    const { verb, tone, because } = controlWords(change);
    return marked(depth, verb, tone, `${change.control}: ${visible(because)}`);
  });
}
