import { type AttemptStart, transitions } from '@earlybird/core';
import { type ConditionalWrite } from './conditional-write.js';
import { type StoredAttempt, type StoredNotification } from './stored-notification.js';

/**
 * Takes the attempt number and the lease: only while the notification waits, and only a number above the last one.
 * `token` tells the winner afterwards.
 */
export function startWrite(start: AttemptStart, token: string): ConditionalWrite<StoredNotification> {
  const {
    id,
    number,
    startedAt,
    leaseUntil,
    worker,
    onUnknown,
    text,
    templateVersion,
    wakeAt,
    statusReason,
    decision,
  } = start;
  const reason = statusReason === undefined ? {} : { statusReason };
  const attempt: StoredAttempt = { number, startedAt, leaseUntil, worker, onUnknown, token };
  return {
    filter: { _id: id, status: { $in: [...transitions.attempt_started.from] }, lastAttemptNumber: { $lt: number } },
    update: {
      $set: {
        status: transitions.attempt_started.to,
        ...reason,
        ...(decision === undefined ? {} : { decision }),
        lastAttemptNumber: number,
        text,
        templateVersion,
        wakeAt,
        updatedAt: startedAt,
      },
      $unset: { nextAttemptAt: '', dueAt: '', ...(statusReason === undefined ? { statusReason: '' } : {}) },
      $push: { attempts: attempt },
      $min: { [`statusTimes.${transitions.attempt_started.to}`]: startedAt },
    },
  };
}

/** True when this very start is the one that is stored. */
export function isStartedBy(stored: StoredNotification, { number }: AttemptStart, token: string): boolean {
  return stored.attempts.some((attempt) => attempt.number === number && attempt.token === token);
}
