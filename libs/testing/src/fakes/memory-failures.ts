import {
  causeOf,
  dismissed,
  type Failure,
  type FailureLog,
  type FailureQuery,
  type Notification,
} from '@earlybird/core';
import { type MemoryLog, turn } from './memory-log.js';

/** The failures among the notifications in memory. */
export class MemoryFailures implements FailureLog {
  constructor(private readonly log: MemoryLog) {}

  async find({ from, to, settled, most }: FailureQuery): Promise<readonly Failure[]> {
    await turn();
    return this.log
      .filter(({ createdAt, resolved }) => {
        const isWanted = settled === 'open' ? resolved === undefined : resolved?.how === dismissed;
        return isWanted && createdAt >= from && createdAt < to;
      })
      .flatMap(failureOf)
      .sort((left, right) => right.createdAt.getTime() - left.createdAt.getTime())
      .slice(0, most);
  }
}

function failureOf(notification: Notification): readonly Failure[] {
  const { id, status, messageType, createdAt, recipient, referenceId, attempts } = notification;
  if (status !== 'failed' && status !== 'unknown') return [];
  const detail = attempts.at(-1)?.detail;
  return [
    {
      id,
      status,
      messageType,
      cause: causeOf(notification),
      createdAt,
      ...(recipient.phone === undefined ? {} : { phone: recipient.phone }),
      ...(referenceId === undefined ? {} : { referenceId }),
      ...(detail === undefined ? {} : { detail }),
    },
  ];
}
