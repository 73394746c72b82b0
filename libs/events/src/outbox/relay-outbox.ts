import type { EventPublisher } from '../publish/event-publisher.js';
import { PublishError } from '../publish/publish-error.js';
import { pause } from '../publish/waiting.js';
import type { OutboxStore, PendingDocument } from './outbox-store.js';
import { publishEntries } from './publish-entries.js';

/** What one pass over the outboxes did. */
export interface RelayReport {
  readonly published: number;
  /** Entries that can never be published and were set aside in `outboxRefused`. */
  readonly refused: number;
  /** The first thing that went wrong and will be tried again. */
  readonly failure?: unknown;
}

/** How to relay. */
export interface OutboxRelayOptions {
  readonly stores: readonly OutboxStore[];
  readonly publisher: Pick<EventPublisher, 'publish' | 'state' | 'whenConnected'>;
  /** Told after every pass that published, refused or failed. Must not throw. */
  readonly onPass?: (report: RelayReport) => void;
  /** Look without being woken. Default 60 s: it only finds what a process left behind that died between write and relay. */
  readonly backstopMs?: number;
  /** First and longest wait after a failed pass. Default 0.5 s to 5 s: new events wait as long as the one that fails. */
  readonly retry?: { readonly firstMs: number; readonly longestMs: number };
  readonly now?: () => Date;
}

/** A relay at work. */
export interface OutboxRelay {
  /** Call it after every write that put an event into an outbox. */
  wake(): void;
  /** Ends after the documents that are being published now. What remains stays in the outboxes. */
  close(): Promise<void>;
}

/**
 * Publishes what is in the outboxes, oldest document first, and removes an entry only after the broker's confirm. So an
 * event is published at least once, by any number of relays at the same time; copies carry the same event id. While the
 * broker is away the relay rests, and goes on by itself.
 */
export function relayOutbox(options: OutboxRelayOptions): OutboxRelay {
  const { backstopMs = 60_000, retry = { firstMs: 500, longestMs: 5_000 } } = options;
  const stop = new AbortController();
  let alarm = new AbortController();
  const stopped = new Promise<boolean>((resolve) => stop.signal.addEventListener('abort', () => resolve(false)));

  async function run(): Promise<void> {
    let retryMs = retry.firstMs;
    while ((await connected()) && !stop.signal.aborted) {
      alarm = new AbortController();
      const report = await onePass(options, stop.signal);
      if (report.failure === undefined) {
        retryMs = retry.firstMs;
        await pause(backstopMs, alarm.signal);
      } else {
        // Not woken early: a thousand orders must not mean a thousand more tries of what the broker refuses.
        await pause(retryMs, stop.signal);
        retryMs = Math.min(retryMs * 2, retry.longestMs);
      }
    }
  }

  // The race only while there is no connection: every race leaves a reaction behind on `stopped`.
  const connected = async (): Promise<boolean> =>
    options.publisher.state === 'connected' || Promise.race([stopped, options.publisher.whenConnected()]);

  const running = run();
  return {
    wake: () => alarm.abort(),
    close: async () => {
      stop.abort();
      alarm.abort();
      await running;
    },
  };
}

async function onePass(options: OutboxRelayOptions, stop: AbortSignal): Promise<RelayReport> {
  const report = await relayAll(options, stop);
  if (report.published > 0 || report.refused > 0 || report.failure !== undefined) options.onPass?.(report);
  return report;
}

async function relayAll(options: OutboxRelayOptions, stop: AbortSignal): Promise<RelayReport> {
  let report: RelayReport = { published: 0, refused: 0 };
  try {
    for (const store of options.stores) {
      for await (const documents of store.pending()) {
        if (stop.aborted) break;
        report = sumOf(report, await relayBatch(store, documents, options));
        if (concernsAll(report.failure)) return report;
      }
    }
  } catch (failure) {
    return { failure, ...report };
  }
  return report;
}

async function relayBatch(
  store: OutboxStore,
  documents: readonly PendingDocument[],
  { publisher, now = () => new Date() }: OutboxRelayOptions,
): Promise<RelayReport> {
  const results = await Promise.all(documents.map((document) => publishEntries(document, publisher, now)));
  const settled = results.map((result) => result.settled);
  await store.settle(settled.filter(({ publishedIds, refused }) => publishedIds.length + refused.length > 0));
  const failure = results.find((result) => result.failure !== undefined)?.failure;
  return {
    published: settled.reduce((sum, { publishedIds }) => sum + publishedIds.length, 0),
    refused: settled.reduce((sum, { refused }) => sum + refused.length, 0),
    ...(failure === undefined ? {} : { failure }),
  };
}

/** What the broker refused or returned says nothing about the next document; anything else would meet it as well. */
const concernsAll = (failure: unknown): boolean =>
  failure !== undefined &&
  !(failure instanceof PublishError && (failure.code === 'returned' || failure.code === 'refused'));

const sumOf = (one: RelayReport, other: RelayReport): RelayReport => ({
  ...other,
  ...one,
  published: one.published + other.published,
  refused: one.refused + other.refused,
});
