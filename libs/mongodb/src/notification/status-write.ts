import { type StatusChange } from '@earlybird/core';
import { type ConditionalWrite } from './conditional-write.js';
import { type StoredNotification } from './stored-notification.js';

/** Changes the status from one of `from`; whatever the change does not set of dates and reason is cleared. */
export function statusWrite({
  id,
  from,
  to,
  reason,
  at,
  dueAt,
  wakeAt,
  decision,
}: StatusChange): ConditionalWrite<StoredNotification> {
  const given = {
    ...(reason === undefined ? {} : { statusReason: reason }),
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(wakeAt === undefined ? {} : { wakeAt }),
    ...(decision === undefined ? {} : { decision }),
  };
  const optional = ['statusReason', 'dueAt', 'wakeAt', 'nextAttemptAt'] as const;
  const cleared = optional.filter((field) => !(field in given));
  return {
    filter: { _id: id, status: { $in: [...from] } },
    update: {
      $set: { status: to, updatedAt: at, ...given },
      $unset: Object.fromEntries(cleared.map((field) => [field, ''])),
      $min: { [`statusTimes.${to}`]: at },
    },
  };
}
