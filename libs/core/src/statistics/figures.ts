import type { DeliveryStatus } from '../notification/delivery-status.js';

/** How many notifications stand in each status; one that is absent has none. */
export type StatusCounts = Readonly<Partial<Record<DeliveryStatus, number>>>;

/** The figures of a set of notifications (data.md, statistics). Rates are percentages with two decimals, 0 when nothing was sent. */
export interface Figures {
  /** Sent, delivered, read or failed. */
  readonly totalSent: number;
  /** Delivered or read. */
  readonly totalDelivered: number;
  readonly totalRead: number;
  readonly totalFailed: number;
  readonly successRate: number;
  readonly deliveryRate: number;
}

/** Statuses that are counted beside and enter no rate. */
export const statusesBeside = [
  'unknown',
  'retrying',
  'queued',
  'scheduled',
  'sending',
  'suppressed',
  'expired',
  'cancelled',
] as const satisfies readonly DeliveryStatus[];

/** The figures that counts amount to. */
export function figuresOf(counts: StatusCounts): Figures {
  const { sent = 0, delivered = 0, read = 0, failed = 0 } = counts;
  const totalSent = sent + delivered + read + failed;
  const totalDelivered = delivered + read;
  return {
    totalSent,
    totalDelivered,
    totalRead: read,
    totalFailed: failed,
    successRate: percentage(totalSent - failed, totalSent),
    deliveryRate: percentage(totalDelivered, totalSent),
  };
}

/** The sum of several counts. */
export function sumCounts(all: readonly StatusCounts[]): StatusCounts {
  const sum: Partial<Record<DeliveryStatus, number>> = {};
  for (const counts of all)
    for (const [status, count] of Object.entries(counts) as readonly [DeliveryStatus, number][])
      sum[status] = (sum[status] ?? 0) + count;
  return sum;
}

function percentage(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 100;
}
