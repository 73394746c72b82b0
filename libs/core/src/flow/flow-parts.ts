import type { DispatchPolicy } from '../attempt/dispatch-policy.js';
import type { MessageSender } from '../attempt/message-sender.js';
import type { ProviderGate } from '../attempt/provider-gate.js';
import type { SendPermits } from '../attempt/send-permit.js';
import type { Clock } from '../kernel/clock.js';
import type { Reporter } from '../kernel/reporter.js';
import type { Renderer } from '../message/renderer.js';
import type { TemplateStore } from '../message/template-store.js';
import type { NotificationStore } from '../notification/notification-store.js';
import type { JudgeFailure } from '../receipt/failure-meaning.js';
import type { ReceiptStore } from '../receipt/receipt-store.js';
import type { SettingsStore } from '../recipient/settings-store.js';
import type { DispatchQueue } from './dispatch-queue.js';

/** Everything that use cases stand on. Each use case names the parts that it takes. */
export interface FlowParts {
  readonly notifications: NotificationStore;
  readonly receipts: ReceiptStore;
  readonly judgeFailure: JudgeFailure;
  readonly settings: SettingsStore;
  readonly templates: TemplateStore;
  readonly renderer: Renderer;
  readonly queue: DispatchQueue;
  readonly sender: MessageSender;
  readonly gate: ProviderGate;
  readonly permits: SendPermits;
  readonly policy: DispatchPolicy;
  readonly clock: Clock;
  readonly reporter: Reporter;
  /** Who starts attempts: service, host and process. */
  readonly worker: string;
}
