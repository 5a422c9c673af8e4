import { isEmail } from './email';
import type { Problem } from './problem';

const ALLOWED =
  "a login name in the form of an e-mail address, at most 80 characters, as it stands in the user's record";

/** What is wrong with a Salesforce username, or undefined. */
export function usernameProblem(text: string): Problem | undefined {
  if (/^005[A-Za-z0-9]{12}([A-Za-z0-9]{3})?$/.test(text)) {
    return { problem: 'this is the id of a user', allowed: ALLOWED, remedy: "give the user's username" };
  }
  if (isEmail(text)) return undefined;
  return { problem: 'this is not a Salesforce username', allowed: ALLOWED, remedy: "give the user's username" };
}
