import { error, note, warning } from './entry';

/** Exceptions to controls, baselines and the configuration of an audit. A violation has the id of its control instead. */
export const POLICY = {
  'exception-unknown-control': error('there is no control or option of this name', 'correct the name'),
  'exception-not-allowed': error('the control cannot be excused', 'do what the control asks for'),
  'exception-out-of-place': error(
    'the control judges apps and the exception is for the org, or vice versa',
    'make the exception for what the control judges',
  ),
  'exception-expires-soon': warning(
    'the exception ends on {expires}',
    'remove what it excuses before that day, or have it approved again',
    { allowed: 'no exception, or one that was approved again' },
  ),
  'exception-unused': error(
    'the exception is unused: its control reports no violation, or it was not judged',
    'remove the exception, or correct what it is for',
    { also: 'warning' },
  ),
  'baseline-unusable': error('the file is not a baseline, or not a valid one', 'correct the file'),
  'baseline-app-excluded': error('the baseline is about an app that the audit excludes', 'remove one of the two'),
  'baseline-org-not-audited': note(
    'the exception is for an org that was not audited this time',
    'audit that org, too, where no other run does',
  ),
  'baseline-unknown-app': error('the baseline is about an app that does not exist', 'correct or remove the exception'),
  'configuration-unusable': error('the file is not a configuration of client-apps, or not a valid one', 'correct it'),
  'audit-config-contradicts-program': error(
    'the configuration states another kind of client than the program declares',
    'remove the entry: of a declared app the kind is known',
  ),
  'audit-config-unknown-app': error('the configuration is about an app that does not exist', 'correct or remove it', {
    also: 'warning',
  }),
  'nothing-to-explain': error(
    'there is no control, metadata field, option or error code of this name',
    'look in docs/controls.md, docs/options.md or docs/errors.md',
  ),
} as const;
