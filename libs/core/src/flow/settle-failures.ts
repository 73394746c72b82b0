import type { Clock } from '../kernel/clock.js';
import type { FailureLog, FailureQuery } from '../notification/failure-log.js';
import { dismissed, type NotificationDesk } from '../notification/notification-desk.js';
import type { Deed } from './cancel-notification.js';

interface Parts {
  readonly failures: FailureLog;
  readonly desk: NotificationDesk;
  readonly clock: Clock;
}

/** Which failures: single ones, or all of a cause and type within a time. */
export type FailureSelection =
  | { readonly ids: readonly string[] }
  | (Pick<FailureQuery, 'from' | 'to' | 'most'> & { readonly cause: string; readonly messageType: string });

/** Some databases take no more values than this in one condition at a good speed. */
const idsPerWrite = 1_000;

/** Marks failures as settled by a person who has looked at them. Answers how many were open. Can be repeated. */
export function dismissFailures(parts: Parts): (selection: FailureSelection, deed: Deed) => Promise<number> {
  return async (selection, { by, note }) => {
    const at = parts.clock.now();
    const action = { at, by, action: 'dismissed', ...(note === undefined ? {} : { note }) } as const;
    const ids = await idsOf(parts, selection, 'open');
    return sum(ids, (some) => parts.desk.dismiss(some, { by, at, how: dismissed }, action));
  };
}

/** Takes the dismissal of failures back. Answers how many were dismissed. Can be repeated. */
export function restoreFailures(parts: Parts): (selection: FailureSelection, deed: Deed) => Promise<number> {
  return async (selection, { by, note }) => {
    const at = parts.clock.now();
    const action = { at, by, action: 'restored', ...(note === undefined ? {} : { note }) } as const;
    const ids = await idsOf(parts, selection, 'dismissed');
    return sum(ids, (some) => parts.desk.restore(some, action));
  };
}

async function idsOf(
  { failures }: Parts,
  selection: FailureSelection,
  settled: FailureQuery['settled'],
): Promise<readonly string[]> {
  if ('ids' in selection) return selection.ids;
  const { cause, messageType, ...window } = selection;
  const found = await failures.find({ ...window, settled });
  return found.filter((one) => one.cause === cause && one.messageType === messageType).map(({ id }) => id);
}

async function sum(ids: readonly string[], write: (some: readonly string[]) => Promise<number>): Promise<number> {
  let total = 0;
  for (let start = 0; start < ids.length; start += idsPerWrite)
    total += await write(ids.slice(start, start + idsPerWrite));
  return total;
}
