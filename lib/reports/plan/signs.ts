import type { Effect, FieldChange } from '../../plan/plan';
import { EFFECTS } from './worst-first';

/** An effect where there is room for one character. */
export const SIGNS: Readonly<Record<Effect, string>> = {
  widens: '🔺',
  mixed: '🔀',
  unknown: '❔',
  narrows: '🔽',
  neutral: '▫️',
};

/** `🔺 1 🔽 3`: how many changes have which effect, the worst first. */
export const signs = (changes: readonly FieldChange[]): string =>
  EFFECTS.map((effect) => ({ effect, number: changes.filter((change) => change.effect === effect).length }))
    .filter(({ number }) => number > 0)
    .map(({ effect, number }) => `${SIGNS[effect]} ${number}`)
    .join(' ');
