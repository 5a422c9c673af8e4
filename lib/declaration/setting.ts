import type { Setting } from './client-app';

/** A value that the author typed. */
export const stated = <T>(value: T): Setting<T> => ({ value, origin: 'stated' });
/** A value that a secure default filled in. */
export const byDefault = <T>(value: T): Setting<T> => ({ value, origin: 'default' });
