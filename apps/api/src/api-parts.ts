import {
  type AuditLog,
  type Clock,
  type CommandDesk,
  type CommandQueue,
  type DispatchPolicy,
  type DispatchQueue,
  type FailureLog,
  type Lane,
  type ParkedEvent,
  type ParkedEventStore,
  type NotificationDesk,
  type NotificationHistory,
  type NotificationStore,
  type OrphanList,
  type PublisherRecord,
  type Receipt,
  type RecipientEraser,
  type Renderer,
  type ReplayLog,
  type ReplayStore,
  type Reporter,
  type SettingsDesk,
  type SettingsStore,
  type StatisticsBook,
  type TemplateChecker,
  type TemplateLibrary,
} from '@earlybird/core';
import { type Health, type Log, type Metrics, type Spans, type WebhookConfig } from '@earlybird/ops';
import { type WebhookReader } from './webhook/webhook-reading.js';

/** How the queues are called, so that answers can say where a notification waits. The api itself reads none of them. */
export interface QueueNames {
  dispatch(lane: Lane): string;
  retry(lane: Lane, delayMs: number): string;
  defer(lane: Lane): string;
  readonly parked: string;
}

/** Everything that the api stands on; `adapters.ts` fills it, tests bring fakes. */
export interface ApiParts {
  readonly notifications: NotificationStore;
  readonly history: NotificationHistory;
  readonly desk: NotificationDesk;
  readonly failures: FailureLog;
  readonly replays: ReplayStore;
  readonly replayLog: ReplayLog;
  readonly statistics: StatisticsBook;
  readonly publisherRecord: PublisherRecord;
  readonly orphans: OrphanList;
  readonly parkedEvents: Pick<ParkedEventStore, 'list' | 'findAll'>;
  /** What the envelope of a parked event says of itself in the management UI. */
  readonly parkedHeaders: (parked: ParkedEvent) => Readonly<Record<string, string | number | boolean>>;
  readonly settings: SettingsStore;
  readonly settingsDesk: SettingsDesk;
  readonly eraser: RecipientEraser;
  readonly templates: TemplateLibrary;
  readonly renderer: Renderer;
  readonly checker: TemplateChecker;
  readonly audit: AuditLog;
  readonly queue: Pick<DispatchQueue, 'enqueue'>;
  /** What the api asks of the worker, and its answers. */
  readonly commandDesk: CommandDesk;
  readonly commandQueue: CommandQueue;
  /** The way of receipts to the worker. Resolves when the broker has confirmed. */
  readonly receiptQueue: { enqueue(receipt: Receipt, trail: { readonly traceparent?: string }): Promise<void> };
  readonly readWebhook: WebhookReader;
  readonly webhook: WebhookConfig;
  readonly queueNames: QueueNames;
  readonly policy: DispatchPolicy;
  /** How long an immediate send waits for its outcome. */
  readonly immediateWaitMs: number;
  /** True once the process is to end: nobody waits for anything any more. */
  readonly isStopping: () => boolean;
  readonly clock: Clock;
  readonly reporter: Reporter;
  readonly health: Health;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly spans: Spans;
}

/** The token under which Nest hands the parts to controllers. */
export const Parts = Symbol('ApiParts');
