import {
  type AttemptFinish,
  type AttemptStart,
  type Creation,
  type Lane,
  type Notification,
  type NotificationStore,
  type StatusChange,
  nextStatus,
  transitions,
} from '@earlybird/core';
import { type MemoryLog, moved, turn } from './memory-log.js';

/** Notifications in memory, with the conditional writes of the port. */
export class MemoryNotifications implements NotificationStore {
  constructor(private readonly log: MemoryLog) {}

  async create(notification: Notification): Promise<Creation> {
    await turn();
    const [known] = this.log.filter(({ idempotencyKey }) => idempotencyKey === notification.idempotencyKey);
    if (known !== undefined) return { kind: 'exists', notification: known };
    this.log.put(notification);
    return { kind: 'created' };
  }

  async find(id: string): Promise<Notification | undefined> {
    await turn();
    return this.log.get(id);
  }

  async findByKey(idempotencyKey: string): Promise<Notification | undefined> {
    await turn();
    return this.log.filter((known) => known.idempotencyKey === idempotencyKey)[0];
  }

  async startAttempt(start: AttemptStart): Promise<Notification | undefined> {
    await turn();
    const { id, number, startedAt, leaseUntil, worker, onUnknown, text, templateVersion, wakeAt, statusReason } = start;
    const decided = start.decision === undefined ? {} : { decision: start.decision };
    return this.log.change(id, (known) => {
      const to = nextStatus(known.status, 'attempt_started');
      if (to === undefined || number <= known.lastAttemptNumber) return undefined;
      const attempts = [...known.attempts, { number, startedAt, leaseUntil, worker, onUnknown }];
      const reason = statusReason === undefined ? {} : { statusReason };
      return moved(
        { ...known, ...decided, attempts, lastAttemptNumber: number, text, templateVersion },
        to,
        startedAt,
        {
          ...reason,
          wakeAt,
        },
      );
    });
  }

  async finishAttempt(finish: AttemptFinish): Promise<boolean> {
    await turn();
    return this.log.change(finish.id, (known) => finished(known, finish)) !== undefined;
  }

  async recordLateAnswer(id: string, number: number, providerMessageId: string, at: Date): Promise<boolean> {
    await turn();
    const written = this.log.change(id, (known) => {
      if (!known.attempts.some((attempt) => attempt.number === number && attempt.outcome === 'unknown'))
        return undefined;
      const attempts = known.attempts.map((attempt) =>
        attempt.number === number ? { ...attempt, outcome: 'accepted' as const, providerMessageId } : attempt,
      );
      const recorded = { ...known, attempts, providerMessageId: known.providerMessageId ?? providerMessageId };
      const to = nextStatus(known.status, 'accepted_late');
      return to === undefined ? { ...recorded, updatedAt: at } : moved(recorded, to, at, {});
    });
    return written !== undefined;
  }

  async changeStatus({ id, from, to, reason, at, dueAt, wakeAt, decision }: StatusChange): Promise<boolean> {
    await turn();
    const written = this.log.change(id, (known) =>
      from.includes(known.status)
        ? moved({ ...known, ...(decision === undefined ? {} : { decision }) }, to, at, {
            ...(reason === undefined ? {} : { statusReason: reason }),
            ...(dueAt === undefined ? {} : { dueAt }),
            ...(wakeAt === undefined ? {} : { wakeAt }),
          })
        : undefined,
    );
    return written !== undefined;
  }

  async findWaking(now: Date, limit: number, lanes: readonly Lane[]): Promise<readonly Notification[]> {
    await turn();
    return this.log
      .filter(({ wakeAt, lane }) => wakeAt !== undefined && wakeAt <= now && lanes.includes(lane))
      .sort((left, right) => Number(left.wakeAt) - Number(right.wakeAt))
      .slice(0, limit);
  }

  async claimWaking(id: string, seen: Date, next: Date): Promise<boolean> {
    await turn();
    const written = this.log.change(id, (known) =>
      known.wakeAt?.getTime() === seen.getTime() ? { ...known, wakeAt: next, sweeps: known.sweeps + 1 } : undefined,
    );
    return written !== undefined;
  }
}

function finished(known: Notification, finish: AttemptFinish): Notification | undefined {
  const { number, result, mergeInto, status, statusReason, nextAttemptAt, dueAt, wakeAt } = finish;
  if (!known.attempts.some((attempt) => attempt.number === number && attempt.finishedAt === undefined))
    return undefined;
  const { providerMessageId, finishedAt } = result;
  const written = {
    ...known,
    updatedAt: finishedAt,
    attempts: mergeInto === undefined ? closed(known, finish) : merged(known, finish, mergeInto),
    ...(providerMessageId === undefined ? {} : { providerMessageId }),
  };
  if (known.status !== transitions.attempt_started.to) return written;
  return moved(written, status, finishedAt, {
    ...(statusReason === undefined ? {} : { statusReason }),
    ...(nextAttemptAt === undefined ? {} : { nextAttemptAt }),
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(wakeAt === undefined ? {} : { wakeAt }),
  });
}

function closed({ attempts }: Notification, { number, result }: AttemptFinish): Notification['attempts'] {
  return attempts.map((attempt) => (attempt.number === number ? { ...attempt, ...result } : attempt));
}

function merged(
  { attempts }: Notification,
  { number, result: { finishedAt } }: AttemptFinish,
  into: number,
): Notification['attempts'] {
  return attempts
    .filter((attempt) => attempt.number !== number)
    .map((attempt) =>
      attempt.number === into ? { ...attempt, times: (attempt.times ?? 1) + 1, finishedAt } : attempt,
    );
}
