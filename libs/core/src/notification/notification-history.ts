import type { DeliveryStatus } from './delivery-status.js';
import type { Notification } from './notification.js';

/** What a search may ask for; all given filters must hold. `retried` (the user's word) means: more than one attempt. */
export interface HistoryFilter {
  /** E.164. */
  readonly phone?: string;
  readonly userId?: string;
  readonly referenceId?: string;
  readonly correlationId?: string;
  readonly eventId?: string;
  readonly messageType?: string;
  readonly status?: DeliveryStatus | 'retried';
  readonly requestedBy?: string;
  /** By `createdAt`, inclusive and exclusive. */
  readonly from?: Date;
  readonly to?: Date;
}

/** Where a page begins: after this notification in (createdAt, id), newest first; or after `skip` of them. */
export interface HistoryPage {
  /** 1 to 200. */
  readonly limit: number;
  readonly after?: { readonly createdAt: Date; readonly id: string };
  readonly skip?: number;
}

/** Port: questions about many notifications. Every one has an index (data.md). Throws AppError `database_unavailable`. */
export interface NotificationHistory {
  /** Newest first. A cursor page stays right while notifications are added. */
  search(filter: HistoryFilter, page: HistoryPage): Promise<readonly Notification[]>;
}
