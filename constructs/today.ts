/** The edge at which the clock is read. UTC, so that every machine judges alike. `YYYY-MM-DD`. */
export const todayInUtc = (): string => new Date().toISOString().slice(0, 10);
