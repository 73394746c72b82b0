/** Asia/Kolkata has had one offset since 1945. */
const indianOffsetMs = 5.5 * 3_600_000;
const dayMs = 86_400_000;

/** The day of Asia/Kolkata on which an instant lies, `YYYY-MM-DD`. */
export function dayOf(instant: Date): string {
  return new Date(instant.getTime() + indianOffsetMs).toISOString().slice(0, 10);
}

/** When a day of Asia/Kolkata begins, and when the next one does. */
export function boundsOfDay(day: string): { readonly from: Date; readonly to: Date } {
  const from = Date.parse(`${day}T00:00:00Z`) - indianOffsetMs;
  return { from: new Date(from), to: new Date(from + dayMs) };
}

/** Every day from the one of `from` to the one of `to`, both included. */
export function daysBetween(from: Date, to: Date): readonly string[] {
  const days: string[] = [];
  for (let day = dayOf(from); day <= dayOf(to); day = dayOf(boundsOfDay(day).to)) days.push(day);
  return days;
}
