import { nearest } from '../values/nearest';

const CHOICES = /'(?<given>[^']*)' is invalid[^]*Allowed choices are (?<choices>[^.]*)\./;

/** The parser names the choices of an option or argument; of a misspelled one also that which was meant. */
export function withMeantChoice(message: string): string {
  const { given = '', choices = '' } = CHOICES.exec(message)?.groups ?? {};
  const meant = choices === '' ? undefined : nearest(given, choices.split(', '));
  return meant === undefined
    ? message
    : `${message.trimEnd()} Did you mean ${meant}?${message.endsWith('\n') ? '\n' : ''}`;
}
