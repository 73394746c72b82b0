/** True when two tables of arguments hold the same, in whatever order. */
export function sameTable(a: object, b: object): boolean {
  return differences(a, b).length === 0;
}

/** One key whose value is not what it should be; undefined where it is absent. */
export interface Difference {
  readonly key: string;
  readonly is: unknown;
  readonly should: unknown;
}

/** Every key in which `is` is not `should`. */
export function differences(is: object, should: object): readonly Difference[] {
  const left = new Map<string, unknown>(Object.entries(is));
  const right = new Map<string, unknown>(Object.entries(should));
  return [...new Set([...left.keys(), ...right.keys()])]
    .map((key) => ({ key, is: left.get(key), should: right.get(key) }))
    .filter((pair) => JSON.stringify(pair.is) !== JSON.stringify(pair.should));
}
