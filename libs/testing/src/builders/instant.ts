/** The instant at which tests begin: 1 February 2026, 10:30 in Asia/Kolkata, outside every quiet hour. */
export const testStart = new Date('2026-02-01T05:00:00.000Z');

/** `ms` milliseconds after `from`; negative for before. */
export function after(ms: number, from: Date = testStart): Date {
  return new Date(from.getTime() + ms);
}
