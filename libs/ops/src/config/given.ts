/** A variable that a rule of the same schema has made sure of; its absence is a missing rule, hence a bug. */
export function given<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`${name} was used without a rule that requires it`);
  return value;
}
