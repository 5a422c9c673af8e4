import { CertificateOption, parseCertificate } from '../declaration/options/certificate-option';
import { Scope } from '../declaration/options/scope';
import { Username } from '../declaration/options/username';
import { Duration, type DurationUnit, formatDuration } from '../values/duration';
import { call, evaluate, literal } from './expression';
import { flag, made, type Member, object, type Shape, text, textShape, wordsIn } from './shape';

// Shapes that several options have.

export const username = made({ Username }, 'of');

/** By the token of the metadata: `Api`. */
export const scope: Shape = textShape(undefined, (expression) => {
  const value = evaluate(expression);
  return Scope.is(value) ? value.token : null;
});

const UNITS: readonly DurationUnit[] = ['minutes', 'hours', 'days', 'months'];

/** `30 days`, as messages print it. */
export const duration: Shape = textShape(
  (given, at) => {
    const [, amount, unit] = /^(\d{1,9}) (minute|hour|day|month)s?$/.exec(wordsIn(given)) ?? [];
    const known = UNITS.find((each) => each === `${unit ?? ''}s`);
    if (amount !== undefined && known) return call({ Duration }, known, literal(Number(amount)));
    at.refuse(at.path, {
      problem: 'this is not a length of time',
      allowed: 'a whole number, a space, and minutes, hours, days or months: "30 days"',
      remedy: 'write the number with its unit',
      given: wordsIn(given),
    });
    return undefined;
  },
  (expression) => {
    const value = evaluate(expression);
    return Duration.is(value) ? formatDuration(value) : null;
  },
);

/** PEM; what stands in its place is never shown. */
export const certificate: Shape = textShape(
  (given) => {
    const parsed = new CertificateOption(parseCertificate(given));
    return { is: 'call', name: 'Certificate.fromPem', make: () => parsed, args: [literal('')] };
  },
  (expression) => {
    const value = evaluate(expression);
    return CertificateOption.is(value) && value.result.ok ? value.result.value.pem : null;
  },
);

const JUSTIFICATION: readonly Member[] = [
  { name: 'reason', shape: text, required: true, says: 'Why the secure value cannot be used.' },
  { name: 'approvedBy', shape: text, required: true, says: 'Who approved it: a person or a team.' },
  {
    name: 'expires',
    shape: text,
    required: true,
    says: 'Last day on which the justification holds (2027-03-31), at most a year ahead.',
  },
  { name: 'ticket', shape: text, says: 'Where the decision is recorded.' },
];

export const justification: Member = {
  name: 'justification',
  shape: object(JUSTIFICATION),
  says: 'Why the secure value cannot hold, who agreed, and until when.',
};

/** A switch with one secure position; the other one needs a justification. */
export const excusable = (member: 'enabled' | 'required', ...more: readonly Member[]): Shape =>
  object([{ name: member, shape: flag, required: true }, justification, ...more]);

export const ipRange: Shape = object([
  { name: 'start', shape: text, required: true },
  { name: 'end', shape: text, required: true },
  { name: 'description', shape: text },
]);
