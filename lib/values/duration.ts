const BRAND = Symbol.for('cdktf-salesforce-client-apps/Duration');

/** The units in which Salesforce counts; a duration keeps the one that it was written in. */
export type DurationUnit = 'minutes' | 'hours' | 'days' | 'months';

const MINUTES_PER = { minutes: 1, hours: 60, days: 1440 } as const;

/**
 * A length of time with its unit, so that no one has to guess what a bare number means. Only whole, positive amounts;
 * any other amount is reported at synth, where the duration is used.
 */
export class Duration {
  /** How many of the unit: a whole number from 1. */
  readonly amount: number;
  /** What is counted. */
  readonly unit: DurationUnit;

  /** Keeps object literals of the same shape out at compile time. */
  declare protected readonly nominal: 'Duration';

  private constructor(amount: number, unit: DurationUnit) {
    this.amount = amount;
    this.unit = unit;
    Object.defineProperty(this, BRAND, { value: true });
  }

  /** A whole number of minutes, at least 1; any other amount is an error at synth. */
  static minutes(amount: number): Duration {
    return new Duration(amount, 'minutes');
  }

  /** A whole number of hours, at least 1; any other amount is an error at synth. */
  static hours(amount: number): Duration {
    return new Duration(amount, 'hours');
  }

  /** A whole number of days, at least 1; any other amount is an error at synth. */
  static days(amount: number): Duration {
    return new Duration(amount, 'days');
  }

  /** Calendar months, which have no length in minutes: for refresh tokens only. */
  static months(amount: number): Duration {
    return new Duration(amount, 'months');
  }

  /** True for a Duration, whichever copy of this package made it. */
  static is(value: unknown): value is Duration {
    return typeof value === 'object' && value !== null && BRAND in value;
  }
}

/** True where the amount is whole and positive. */
export function isValidDuration(duration: Duration): boolean {
  return Number.isSafeInteger(duration.amount) && duration.amount > 0;
}

/** Length in minutes, or undefined for months. */
export function toMinutes({ amount, unit }: Duration): number | undefined {
  return unit === 'months' ? undefined : amount * MINUTES_PER[unit];
}

/** `30 days`, `1 hour`. */
export function formatDuration({ amount, unit }: Duration): string {
  return `${amount} ${amount === 1 ? unit.slice(0, -1) : unit}`;
}
