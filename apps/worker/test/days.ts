const dayMs = 24 * 3_600_000;

/** A calendar day in India, `2026-02-01`, that many days from now: what a message is bound to must lie ahead. */
export function dayAhead(days: number): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Kolkata' }).format(new Date(Date.now() + days * dayMs));
}

/** `February 1`. */
export function inEnglish(day: string): string {
  return `${monthOf(day, 'en')} ${Number(day.slice(8))}`;
}

/** `1 फ़रवरी`. */
export function inHindi(day: string): string {
  return `${Number(day.slice(8))} ${monthOf(day, 'hi')}`;
}

/** A time zone where it is early afternoon now, so that marketing may leave whenever the tests run (10:00 to 21:00). */
export function zoneOfAfternoon(): string {
  const ahead = (14 - new Date().getUTCHours() + 24) % 24;
  // In these names the sign is turned round: Etc/GMT-5 is five hours ahead.
  return ahead > 14 ? `Etc/GMT+${24 - ahead}` : `Etc/GMT-${ahead}`;
}

function monthOf(day: string, language: string): string {
  // ICU writes फ़रवरी with another code point for its first letter than the templates do.
  const month = new Date(`${day}T00:00:00Z`).toLocaleString(language, { month: 'long', timeZone: 'UTC' });
  return month.normalize('NFC');
}
