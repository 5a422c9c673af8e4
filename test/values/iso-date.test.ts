import { daysBefore, daysUntil } from '../../lib/values/iso-date';

test('the day so many days before begins at midnight, over the end of a month and of a leap year', () => {
  expect(daysBefore('2026-11-29', 0)).toBe('2026-11-29T00:00:00.000Z');
  expect(daysBefore('2024-03-01', 1)).toBe('2024-02-29T00:00:00.000Z');
  expect(daysBefore('2025-01-01', 366)).toBe('2024-01-01T00:00:00.000Z');
});

test('days until a day are negative once it is over', () => {
  expect(daysUntil('2026-12-01', '2026-11-29')).toBe(2);
  expect(daysUntil('2026-11-28', '2026-11-29')).toBe(-1);
});
