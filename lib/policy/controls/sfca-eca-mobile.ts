import { ALL_KINDS, appControl, fail, lowRisk, notApplicable, notEvaluated, pass } from '../define';
import { band } from '../severity';
import { hasPlugin } from '../themes/plugins';

/** Minutes by the words of the plugin; longer is low risk, `Never` a violation. */
const SHORT: Readonly<Record<string, number>> = { One: 1, Five: 5, Ten: 10 };

export const control = appControl({
  id: 'SFCA-ECA-MOBILE',
  title: 'The mobile app locks its screen',
  finding: 'The mobile app does not lock its screen',
  appliesTo: ['external-client-app'],
  kinds: ALL_KINDS,
  recommended: 'Require a screen lock with a short timeout.',
  risk: 'A device left unlocked shows everything its owner can see.',
  threat: 'A phone left in a taxi opens the app for anyone who finds it.',
  cvss: band('medium', 'ours'),
  remedy: {
    code: 'nothing in code yet: this library does not change the plugin',
    setup: 'Setup > External Client App Manager > (app) > Policies > Mobile',
  },
  source: 'Salesforce Help, Security Health Review: Review External Client Apps (no range published)',
  considerations: {
    risk: 'It is large for phones that people own themselves and small where a device manager enforces a lock.',
    business: 'Users enter a passcode more often.',
  },
  exemptable: true,
  concern: 'plugin',
  reads: ['screenLock', 'screenLockTimeout'],
  // Either of them can settle it.
  optional: ['screenLock', 'screenLockTimeout'],
  judge: ({ screenLock, screenLockTimeout: timeout }, { app }) => {
    if (!hasPlugin(app, 'ExtlClntAppMobileSettings', 'ExtlClntAppMobileConfigurablePolicies')) {
      return notApplicable('The app does not have this plugin.');
    }
    if (screenLock === false) return fail('The app does not require a screen lock.');
    if (timeout === 'Never') return fail('The screen never locks automatically.');
    if (screenLock === undefined || timeout === undefined) {
      return notEvaluated('The screen lock settings were not read.');
    }
    const minutes = SHORT[timeout];
    return minutes === undefined
      ? lowRisk(`The screen locks, but only after ${timeout} minutes; 10 or fewer are enough.`)
      : pass(`The screen locks after ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`);
  },
});
