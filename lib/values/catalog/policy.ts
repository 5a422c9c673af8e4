import { error, note, warning } from './entry';

const CONTROL_ID = 'the id of a control; docs/controls.md lists them';

/** Exceptions to controls, baselines and the configuration of an audit. A violation has the id of its control instead. */
export const POLICY = {
  'exception-unknown-control': error('there is no control or option of this name', 'correct the name'),
  'exception-unknown-control/option': error(
    'the exception is for an option that no control is about',
    'correct the name of the option, or remove the exception',
  ),
  'exception-unknown-control/id': error('there is no control of this name', 'correct the id', { allowed: CONTROL_ID }),
  'exception-unknown-control/nearly': error(
    'there is no control of this name',
    'correct the id; the nearest one is {guess}',
    { allowed: CONTROL_ID },
  ),
  'exception-not-allowed': error('{control} cannot be excused: {risk}', '{remedy}'),
  'exception-out-of-place': error(
    'the control judges apps and the exception is for the org, or vice versa',
    'make the exception for what the control judges',
  ),
  'exception-out-of-place/for-app': error(
    '{control} judges the org-wide settings, and the exception is for an app',
    'make the exception for the org',
  ),
  'exception-out-of-place/for-org': error('{control} judges apps, and the exception names none', 'name the app'),
  'exception-expires-soon': warning(
    'the exception ends on {expires}',
    'remove what it excuses before that day, or have it approved again',
    { allowed: 'no exception, or one that was approved again' },
  ),
  'exception-unused': error(
    'the exemption is unused: this control reports no violation',
    'remove the exception, or correct what it is for{violated}',
    { also: 'warning' },
  ),
  'exception-unused/not-judged': error(
    'the exception is for {what}, which was not judged',
    'remove the exception, or correct what it is for{violated}',
    { also: 'warning' },
  ),
  'exception-unused/in-baseline': error(
    'the exemption is unused: this control reports no violation, or something else excuses it',
    'remove the exception',
  ),
  'exception-unused/in-part': error(
    'the exemption is unused: this control reports no violation, or something else excuses it',
    'remove these controls from it',
  ),
  'baseline-unusable': error(
    'the file is not a baseline, or not a valid one',
    'correct the file; schemas/baseline.schema.json describes it',
  ),
  'baseline-app-excluded': error(
    'the exception is for an app that the audit configuration keeps from being judged',
    'remove one of the two',
  ),
  'baseline-org-not-audited': note(
    'the exception is for an org that was not audited this time',
    'audit that org, too, where no other run does',
  ),
  'baseline-unknown-app': error(
    'there is no app of this name in what was audited',
    'correct the name, state the org it is in, or remove the exception',
  ),
  'baseline-unknown-app/nearly': error(
    'there is no app of this name in what was audited',
    'correct the name; the nearest one is {guess}',
  ),
  'baseline-unknown-app/elsewhere': error(
    'there is no app of this name on that platform',
    'correct the name, state the org it is in, or remove the exception',
  ),
  'configuration-unusable': error(
    'the file is not a configuration of client-apps, or not a valid one',
    'correct the file; schemas/config.schema.json describes it',
  ),
  'audit-config-contradicts-program': error(
    'the configuration states another kind of client than the program declares',
    'remove the entry: of a declared app the kind is known',
  ),
  'audit-config-unknown-app': error('there is no app of this name in what was audited', 'correct or remove the entry', {
    also: 'warning',
  }),
  'audit-config-unknown-app/nearly': error(
    'there is no app of this name in what was audited',
    'correct it; the nearest name is {guess}',
    { also: 'warning' },
  ),
  'audit-config-unknown-app/elsewhere': error(
    'there is no app of this name on that platform or in that org',
    'correct or remove the entry',
    { also: 'warning' },
  ),
  'nothing-to-explain': error(
    'there is no control, metadata field, option or error code of this name',
    'look in docs/controls.md, docs/options.md or docs/errors.md',
    {
      allowed:
        "the id of a control, Salesforce's name for it, a metadata field, its label in a plan, an option, or an error code",
    },
  ),
  'nothing-to-explain/control': error('there is no control of this id', 'look in docs/controls.md'),
} as const;
