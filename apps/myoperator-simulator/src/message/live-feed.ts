import { type CapturedMessage } from './captured-message.js';

/** What changed since the last report. */
export interface LiveChange {
  /** Messages that came or changed, the newest change last; at most `changesAtOnce`. */
  readonly messages: readonly CapturedMessage[];
  /** More changed than are named: whoever shows lists should read them anew. */
  readonly more: boolean;
}

/** Receives changes; returns false when it cannot take any now, which leaves the change with the next one. */
export type LiveListener = (change: LiveChange) => boolean;

/** Five reports a second look live to a person, and cost nothing beside thousands of messages a second. */
const reportEveryMs = 200;

/** More than fits a screen; a page that shows fewer cannot use more. */
const changesAtOnce = 100;

/** Collects changed messages and hands them, a few times a second, to whoever watches. Costs nothing while nobody does. */
export class LiveFeed {
  private readonly behind = new Map<LiveListener, { changed: Set<CapturedMessage>; more: boolean }>();
  private timer: NodeJS.Timeout | undefined;

  /** Watches until the returned function is called. */
  watch(listener: LiveListener): () => void {
    this.behind.set(listener, { changed: new Set(), more: false });
    return () => void this.behind.delete(listener);
  }

  /** Says that this message came or changed. */
  report(message: CapturedMessage): void {
    if (this.behind.size === 0) return;
    for (const state of this.behind.values()) {
      state.changed.delete(message);
      state.changed.add(message);
      if (state.changed.size > changesAtOnce) {
        state.more = true;
        dropOldest(state.changed);
      }
    }
    this.schedule();
  }

  /** Everything changed at once. */
  reportAll(): void {
    for (const state of this.behind.values()) state.more = true;
    if (this.behind.size > 0) this.schedule();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.behind.clear();
  }

  private schedule(): void {
    this.timer ??= setTimeout(() => this.flush(), reportEveryMs);
  }

  private flush(): void {
    this.timer = undefined;
    for (const [listener, state] of this.behind) {
      if (state.changed.size === 0 && !state.more) continue;
      if (!listener({ messages: [...state.changed], more: state.more })) {
        this.schedule();
        continue;
      }
      state.changed.clear();
      state.more = false;
    }
  }
}

function dropOldest(set: Set<CapturedMessage>): void {
  const oldest = set.values().next();
  if (!oldest.done) set.delete(oldest.value);
}
