import type { SessionLevel as Level, SessionLevelAction } from '../declaration/client-app';
import { SessionLevel } from '../declaration/options/session-level';
import { readJustification } from '../declaration/read/justification';
import { call, type Expression, justification, name } from './expression';
import { NO_USER, option, optional, WITH_USERS } from './option';
import { ifStated } from './owned';
import type { Live } from './recall';
import { SETTINGS } from './settings';
import { variants } from './shape';
import { justification as excuse } from './shapes';

export interface SessionLevelValues {
  readonly requiredSessionLevel?: Level;
  /** Only with HIGH_ASSURANCE. */
  readonly sessionLevelAction?: SessionLevelAction;
}

/** The lowest session security a user needs. */
export const requiredSessionLevel = option({
  name: 'requiredSessionLevel',
  kinds: WITH_USERS,
  shape: variants({ SessionLevel }, 'level', {
    STANDARD: [],
    HIGH_ASSURANCE: [],
    highAssuranceOrBlock: [],
    highAssuranceOrRaise: [],
    highAssuranceOrStepUp: [],
    low: [excuse],
  }),
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
      ...SETTINGS.requiredSessionLevel,
      value: (app) => ifStated(app.requiredSessionLevel),
    },
    {
      ...SETTINGS.sessionLevelAction,
      value: (app) => ifStated(app.sessionLevelAction),
    },
  ],
  recall: recallSessionLevel,
});

function recallSessionLevel(live: Live): Expression | undefined {
  const level = live.own(SETTINGS.requiredSessionLevel);
  if (level === 'LOW') return call({ SessionLevel }, 'low', justification(live.expires));
  if (level !== 'HIGH_ASSURANCE') return level === 'STANDARD' ? name({ SessionLevel }, 'STANDARD') : undefined;
  switch (live.own(SETTINGS.sessionLevelAction)) {
    case 'Block':
      return call({ SessionLevel }, 'highAssuranceOrBlock');
    case 'RaiseSessionLevel':
      return call({ SessionLevel }, 'highAssuranceOrRaise');
    case 'StepUpMFA':
      return call({ SessionLevel }, 'highAssuranceOrStepUp');
    default:
      return name({ SessionLevel }, 'HIGH_ASSURANCE');
  }
}
