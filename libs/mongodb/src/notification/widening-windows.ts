/** The first window: what a busy day brings in it is still read in a few milliseconds. */
const firstWindowMs = 5 * 60_000;
/** How much wider the next window is after an empty one. 5 min, 2 h, 2 d, 50 d, then everything. */
const growth = 24;
const windows = 4;

/**
 * Ever older stretches of time, each beginning where the one before ended, the last one open: so that "the newest 20" reads
 * a few hundred documents on an engine that sorts what it finds instead of walking an index in order (local-servers.md).
 * `newest` is where the search begins, `oldest` where it may end.
 */
export function* wideningWindows(newest: Date, oldest?: Date): Generator<{ readonly from?: Date; readonly to?: Date }> {
  let to: Date | undefined;
  for (let count = 0, widthMs = firstWindowMs; count < windows; count += 1, widthMs *= growth) {
    const from = new Date(newest.getTime() - widthMs);
    if (oldest !== undefined && from <= oldest) break;
    yield { from, ...(to === undefined ? {} : { to }) };
    to = from;
  }
  yield { ...(oldest === undefined ? {} : { from: oldest }), ...(to === undefined ? {} : { to }) };
}
