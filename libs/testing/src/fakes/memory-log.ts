import type { Notification } from '@earlybird/core';
import { deepCopy } from './deep-copy.js';

/** The documents of `notifications_log` as memory; what goes in and what comes out are copies. */
export class MemoryLog {
  private readonly documents = new Map<string, Notification>();

  put(notification: Notification): void {
    this.documents.set(notification.id, deepCopy(notification));
  }

  get(id: string): Notification | undefined {
    return deepCopy(this.documents.get(id));
  }

  filter(matches: (notification: Notification) => boolean): Notification[] {
    return deepCopy([...this.documents.values()].filter(matches));
  }

  /** One conditional write: `write` answers with the document as it shall be, or undefined to leave it. */
  change(id: string, write: (known: Notification) => Notification | undefined): Notification | undefined {
    const known = this.get(id);
    const changed = known === undefined ? undefined : write(known);
    if (changed !== undefined) this.put(changed);
    return changed;
  }
}

/** What a change of status may set; it clears what it does not set. */
export type Waiting = Partial<Pick<Notification, 'statusReason' | 'nextAttemptAt' | 'dueAt' | 'wakeAt'>>;

/** The notification in another status. */
export function moved(
  notification: Notification,
  to: Notification['status'],
  at: Date,
  waiting: Waiting,
): Notification {
  const { statusReason: _reason, nextAttemptAt: _next, dueAt: _due, wakeAt: _wake, ...rest } = notification;
  return { ...rest, ...waiting, status: to, updatedAt: at, statusTimes: { [to]: at, ...rest.statusTimes } };
}

/** Lets others run first, as a server on the network would. */
export function turn(): Promise<void> {
  return Promise.resolve();
}
