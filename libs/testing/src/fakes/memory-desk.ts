import {
  type AdminAction,
  type DeskChange,
  dismissed,
  type MessageType,
  type Notification,
  type NotificationDesk,
  type ResendClaim,
  type Resolution,
  undoubtedStatuses,
} from '@earlybird/core';
import { type MemoryLog, moved, turn } from './memory-log.js';

/** What people do to the notifications in memory. */
export class MemoryDesk implements NotificationDesk {
  constructor(private readonly log: MemoryLog) {}

  async changeStatus({ id, from, to, reason, at, action, resolved }: DeskChange): Promise<boolean> {
    await turn();
    const written = this.log.change(id, (known) => {
      if (!from.includes(known.status)) return undefined;
      const settled = { ...withAction(known, action), ...(resolved === undefined ? {} : { resolved }) };
      return moved(settled, to, at, reason === undefined ? {} : { statusReason: reason });
    });
    return written !== undefined;
  }

  async claimResend({ id, from, resentAs, action, resolved }: ResendClaim): Promise<boolean> {
    await turn();
    const written = this.log.change(id, (known) =>
      from.includes(known.status) && known.resentAs === undefined
        ? { ...withAction(known, action), resentAs, resolved }
        : undefined,
    );
    return written !== undefined;
  }

  async dismiss(ids: readonly string[], resolved: Resolution, action: AdminAction): Promise<number> {
    await turn();
    return this.each(ids, (known) => (isOpenFailure(known) ? { ...withAction(known, action), resolved } : undefined));
  }

  async restore(ids: readonly string[], action: AdminAction): Promise<number> {
    await turn();
    return this.each(ids, (known) => {
      const { resolved, ...rest } = withAction(known, action);
      return resolved?.how === dismissed ? rest : undefined;
    });
  }

  async release(ids: readonly string[], wakeAt: Date, action: AdminAction): Promise<number> {
    await turn();
    return this.each(ids, (known) =>
      known.status === 'retrying' ? { ...withAction(known, action), nextAttemptAt: action.at, wakeAt } : undefined,
    );
  }

  async wake(messageType: MessageType, reason: string, at: Date): Promise<number> {
    await turn();
    const ids = this.log.filter(() => true).map(({ id }) => id);
    return this.each(ids, (known) =>
      known.status === 'scheduled' && known.messageType === messageType && known.statusReason === reason
        ? { ...known, dueAt: at, wakeAt: at, updatedAt: at }
        : undefined,
    );
  }

  async findSettled(ids: readonly string[]): Promise<readonly string[]> {
    await turn();
    const wanted = this.log.filter(({ id }) => ids.includes(id));
    return wanted.filter(isSettled).map(({ id }) => id);
  }

  private each(ids: readonly string[], write: (known: Notification) => Notification | undefined): number {
    return [...new Set(ids)].filter((id) => this.log.change(id, write) !== undefined).length;
  }
}

function withAction(known: Notification, action: AdminAction): Notification {
  return { ...known, adminActions: [...known.adminActions, action], updatedAt: action.at };
}

function isSettled({ status, resolved }: Notification): boolean {
  return resolved !== undefined || undoubtedStatuses.some((one) => one === status);
}

function isOpenFailure({ status, resolved }: Notification): boolean {
  return (status === 'failed' || status === 'unknown') && resolved === undefined;
}
