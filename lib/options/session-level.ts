import type { SessionLevel as Level, SessionLevelAction } from '../declaration/client-app';
import { SessionLevel } from '../declaration/options/session-level';
import { readJustification } from '../declaration/read/justification';
import { NO_USER, option, optional, policies, WITH_USERS } from './option';
import { ifStated } from './owned';

export interface SessionLevelValues {
  readonly requiredSessionLevel?: Level;
  /** Only with HIGH_ASSURANCE. */
  readonly sessionLevelAction?: SessionLevelAction;
}

/** The lowest session security a user needs. */
export const requiredSessionLevel = option({
  name: 'requiredSessionLevel',
  kinds: WITH_USERS,
  why: { machine: NO_USER },
  notOnConnectedApps: [
    {
      used: (given) => SessionLevel.is(given) && (given.level === 'LOW' || given.action === 'StepUpMFA'),
      because: 'it knows no session level but high assurance, and either blocks users below it or raises their session',
      remedy: 'choose SessionLevel.STANDARD, HIGH_ASSURANCE, highAssuranceOrBlock() or highAssuranceOrRaise()',
    },
  ],
  excuses: ['SFCA-ECA-SESSION-LEVEL'],
  read: (given, reading): SessionLevelValues => {
    if (given === undefined) return {};
    if (!SessionLevel.is(given)) {
      reading.wrongType('requiredSessionLevel', given, 'SessionLevel.STANDARD or SessionLevel.HIGH_ASSURANCE');
      return {};
    }
    if (given.level === 'LOW') {
      readJustification(given.justification, 'requiredSessionLevel', 'the session level LOW', reading);
    }
    return { requiredSessionLevel: given.level, ...optional('sessionLevelAction', given.action) };
  },
  fields: [
    {
      eca: policies('requiredSessionLevel'),
      // A Connected App has no word for an ordinary login but none.
      ca: {
        field: 'sessionPolicy.sessionLevel',
        as: (value) => (value === 'STANDARD' ? [] : value),
        from: (value) => (Array.isArray(value) ? 'STANDARD' : value),
      },
      value: (app) => ifStated(app.requiredSessionLevel),
    },
    {
      eca: policies('policyAction'),
      ca: 'sessionPolicy.policyAction',
      value: (app) => ifStated(app.sessionLevelAction),
    },
  ],
});
