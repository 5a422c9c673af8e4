import type { OrgState } from '../state';
import { audited, type Author } from '../usage/audit-trail';
import { isTracked, tracked } from './source-members';

/** The org after a change in Setup, with all that it keeps of who changed what. */
export function recorded(before: OrgState, after: OrgState, author: Author): OrgState {
  const shown = audited(before, after, author);
  return isTracked(after, author.switches) ? tracked(before, shown, author) : shown;
}
