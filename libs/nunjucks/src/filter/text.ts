/** A value as text of a message; undefined when it has none (objects, lists, nothing), so that no `[object Object]` goes out. */
export function tellText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined;
  return typeof value === 'boolean' ? String(value) : undefined;
}
