/** The most of these instants (milliseconds of the epoch) that lie within any second. */
export function mostInASecond(instants: readonly number[]): number {
  const times = [...instants].sort((left, right) => left - right);
  return Math.max(...times.map((start, index) => times.slice(index).filter((time) => time < start + 1_000).length));
}
