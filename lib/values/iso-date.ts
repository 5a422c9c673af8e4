/** True for a calendar day that exists, as `YYYY-MM-DD`. Such dates compare as text. */
export function isIsoDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text;
}

/** The same day one year later; 29 February becomes 1 March. */
export function oneYearAfter(date: string): string {
  const [year, month, day] = date.split('-').map(Number);
  return new Date(Date.UTC((year ?? 0) + 1, (month ?? 1) - 1, day ?? 1)).toISOString().slice(0, 10);
}

const DAY_MS = 86_400_000;
const startOf = (date: string): number => Date.parse(`${date}T00:00:00Z`);

/** Whole days from one calendar day to another; negative where the first one is over. */
export const daysUntil = (date: string, today: string): number => (startOf(date) - startOf(today)) / DAY_MS;

/** The start of the day so many days before, as an ISO time. */
export const daysBefore = (date: string, days: number): string => new Date(startOf(date) - days * DAY_MS).toISOString();
