/** Deeper than any event of ours, shallow enough for the stack: what lies below is taken as it is. */
const MAX_DEPTH = 8;

/** A copy of a JSON value in which fields that are `null` or `undefined` are absent. Lists keep all their items. */
export function withoutAbsent(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null || depth === MAX_DEPTH) return value;
  if (Array.isArray(value)) return value.map((item) => withoutAbsent(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== null && field !== undefined)
      .map(([name, field]) => [name, withoutAbsent(field, depth + 1)]),
  );
}
