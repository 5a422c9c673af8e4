import { refuse } from '../context';
import { jsonBody, ok, type Route } from './route';

/** Of the emulator itself, not of Salesforce: what a test does to the org from outside. */
export const ADMIN_ROUTES: readonly Route[] = [
  {
    method: 'POST',
    pattern: /^\/__emulator\/clock$/,
    versioned: false,
    login: true,
    operation: 'clock',
    handle: ({ context, request }) => {
      const ms = jsonBody(request)?.['advance_ms'];
      if (typeof ms !== 'number' || !(ms >= 0) || ms > MOST_MS) {
        return refuse('INVALID_INPUT', 'The body must be {"advance_ms": N}, from 0 to ten years', 400);
      }
      context.advance(ms);
      return ok({ now: context.now() });
    },
  },
];

const MOST_MS = 10 * 366 * 86_400_000;
