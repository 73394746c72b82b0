import type { DeliveryStatus } from '../notification/delivery-status.js';
import type { StatusCounts } from '../statistics/figures.js';
import type { ReplayPace } from './replay.js';

/** What has come to something. One that is retrying has failed once: its end would come minutes too late to be a warning. */
export const outcomeStatuses = ['sent', 'delivered', 'read', 'failed', 'unknown', 'retrying'] as const;

const failing: readonly DeliveryStatus[] = ['failed', 'unknown', 'retrying'];
const queued: readonly DeliveryStatus[] = ['queued', 'sending'];

/** This many seconds of its rate may be under way: more would be on its way before anybody sees that it fails. */
const secondsUnderWay = 5;
/** A slow replay need not wait for every single one. */
const leastUnderWay = 20;

/** The share of what fails among what has come to something, in percent; 0 when nothing has. */
export function failedPercent(counts: StatusCounts): number {
  const all = sum(counts, outcomeStatuses);
  return all === 0 ? 0 : (sum(counts, failing) / all) * 100;
}

/** Whether so much fails that a replay must stop. */
export function failsTooOften(counts: StatusCounts, { mostFailedPercent, leastOutcomes }: ReplayPace): boolean {
  return sum(counts, outcomeStatuses) >= leastOutcomes && failedPercent(counts) > mostFailedPercent;
}

/** Whether so much of what was resent has not left yet that more would only lengthen the queue. */
export function isAheadOfDispatch(counts: StatusCounts, { ratePerSecond }: ReplayPace): boolean {
  return sum(counts, queued) >= Math.max(leastUnderWay, secondsUnderWay * ratePerSecond);
}

function sum(counts: StatusCounts, statuses: readonly DeliveryStatus[]): number {
  return statuses.reduce((total, status) => total + (counts[status] ?? 0), 0);
}
