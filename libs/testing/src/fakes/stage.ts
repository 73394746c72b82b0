import type { DispatchPolicy, FlowParts, JudgeFailure, Notification } from '@earlybird/core';
import { aPolicy } from '../builders/a-policy.js';
import { FakeClock } from './fake-clock.js';
import { fixedRenderer } from './fixed-renderer.js';
import type { Interruption } from './interruption.js';
import { MemoryDispatchQueue } from './memory-dispatch-queue.js';
import { MemoryLog } from './memory-log.js';
import { MemorySettings } from './memory-settings.js';
import { memoryStores } from './memory-stores.js';
import { MemoryTemplates } from './memory-templates.js';
import { openGate, unlimited } from './open-gate.js';
import { RecordingReporter } from './recording-reporter.js';
import { ScriptedSender } from './scripted-sender.js';

/** Everything that use cases stand on, in memory: one broker, one database, one provider, and as many workers as are asked for. */
export class Stage {
  readonly log = new MemoryLog();
  readonly clock = new FakeClock();
  readonly reporter = new RecordingReporter();
  readonly settings = new MemorySettings();
  readonly templates = MemoryTemplates.seeded();
  readonly sender = new ScriptedSender();
  /** What the codes of failed receipts mean; set by a test. */
  judgeFailure: JudgeFailure = () => ({ reason: 'provider_reported_failure' });
  readonly policy: DispatchPolicy;
  readonly queue: MemoryDispatchQueue;
  readonly stores = memoryStores(this.log);

  constructor(policy: Partial<DispatchPolicy> = {}) {
    this.policy = aPolicy(policy);
    this.queue = new MemoryDispatchQueue(this.clock, this.policy.deferDelayMs);
  }

  /** The parts of one worker; `interruption` stands around everything that it reaches over a network. */
  worker(name = 'worker-1', interruption?: Interruption): FlowParts {
    const reach = <Port extends object>(port: Port): Port => interruption?.around(port) ?? port;
    const { notifications, receipts } = memoryStores(this.log, this.stores.receipts);
    return {
      notifications: reach(notifications),
      receipts: reach(receipts),
      judgeFailure: (errorCode) => this.judgeFailure(errorCode),
      settings: reach(this.settings),
      templates: reach(this.templates),
      queue: reach(this.queue),
      sender: reach(this.sender),
      gate: openGate(() => this.clock.now()),
      permits: unlimited,
      renderer: fixedRenderer,
      policy: this.policy,
      clock: this.clock,
      reporter: this.reporter,
      worker: name,
    };
  }

  /** Puts a notification into the log. */
  async keep(notification: Notification): Promise<Notification> {
    await this.stores.notifications.create(notification);
    return notification;
  }

  /** The notification as it is now. Throws when there is none. */
  now(id: string): Notification {
    const notification = this.log.get(id);
    if (notification === undefined) throw new Error(`nothing is stored as ${id}`);
    return notification;
  }
}
