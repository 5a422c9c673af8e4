import { error, note, warning } from './entry';

const CONTROL_ID = 'the id of a control; docs/controls.md lists them';

/** Exceptions to controls, baselines and the configuration of an audit. A violation has the id of its control instead. */
export const POLICY = {
  'exception-unknown-control': error('there is no control or option with this name', 'correct the name'),
  'exception-unknown-control/option': error(
    'the exception is for an option that no control covers',
    'correct the name of the option, or remove the exception',
  ),
  'exception-unknown-control/id': error('there is no control with this name', 'correct the id', {
    allowed: CONTROL_ID,
  }),
  'exception-unknown-control/nearly': error(
    'there is no control with this name',
    'correct the id; the closest match is {guess}',
    { allowed: CONTROL_ID },
  ),
  'exception-not-allowed': error('{control} cannot be exempted: {risk}', '{remedy}'),
  'exception-out-of-place': error(
    'the control checks apps and the exception is for the org, or vice versa',
    'make the exception for what the control checks',
  ),
  'exception-out-of-place/for-app': error(
    '{control} checks org-wide settings, but the exception is for an app',
    'make the exception for the org',
  ),
  'exception-out-of-place/for-org': error('{control} checks apps, but the exception names none', 'name the app'),
  'exception-expires-soon': warning(
    'the exception expires on {expires}',
    'remove what it excuses before that day, or have it approved again',
    { allowed: 'no exception, or one that has been approved again' },
  ),
  'exception-unused': error(
    'the exemption is unused: this control reports no violation',
    'remove the exception, or correct what it is for{violated}',
    { also: 'warning' },
  ),
  'exception-unused/not-judged': error(
    'the exception is for {what}, which was not checked',
    'remove the exception, or correct what it is for{violated}',
    { also: 'warning' },
  ),
  'exception-unused/in-baseline': error(
    'the exemption is unused: this control reports no violation, or another exception covers it',
    'remove the exception',
  ),
  'exception-unused/in-part': error(
    'the exemption is unused: this control reports no violation, or another exception covers it',
    'remove these controls from it',
  ),
  'baseline-unusable': error(
    'the file is not a valid baseline',
    'correct the file; schemas/baseline.schema.json describes it',
  ),
  'baseline-app-excluded': error(
    'the exception is for an app that the audit configuration excludes',
    'remove one of the two',
  ),
  'baseline-org-not-audited': note(
    'the exception is for an org that was not audited this time',
    'audit that org as well, unless another run does',
  ),
  'baseline-unknown-app': error(
    'the audit found no app with this name',
    'correct the name, specify its org, or remove the exception',
  ),
  'baseline-unknown-app/nearly': error(
    'the audit found no app with this name',
    'correct the name; the closest match is {guess}',
  ),
  'baseline-unknown-app/elsewhere': error(
    'there is no app with this name on that platform',
    'correct the name, specify its org, or remove the exception',
  ),
  'configuration-unusable': error(
    'the file is not a valid configuration of client-apps',
    'correct the file; schemas/config.schema.json describes it',
  ),
  'audit-config-contradicts-program': error(
    'the configuration states a different kind of client than the program declares',
    'remove the entry: the kind of a declared app is already known',
  ),
  'audit-config-unknown-app': error('the audit found no app with this name', 'correct or remove the entry', {
    also: 'warning',
  }),
  'audit-config-unknown-app/nearly': error(
    'the audit found no app with this name',
    'correct it; the closest match is {guess}',
    { also: 'warning' },
  ),
  'audit-config-unknown-app/elsewhere': error(
    'there is no app with this name on that platform or in that org',
    'correct or remove the entry',
    { also: 'warning' },
  ),
  'nothing-to-explain': error(
    'there is no control, metadata field, option or error code with this name',
    'see docs/controls.md, docs/options.md or docs/errors.md',
    {
      allowed:
        "the id of a control, Salesforce's name for it, a metadata field, its label in a plan, an option, or an error code",
    },
  ),
  'nothing-to-explain/control': error('there is no control with this id', 'see docs/controls.md'),
} as const;
