import type { DeliveryStatus } from '@earlybird/core';

/** Statuses in which something must still happen: no run ends while a notification has one of them. */
export const openStatuses: readonly DeliveryStatus[] = ['scheduled', 'queued', 'sending', 'retrying'];
