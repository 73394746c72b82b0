import type { JournalLine, LyingEnvelope, RecordedNotification, RecordedParkedEvent } from '@earlybird/testing';
import type { PlannedEvent } from './event-plan.js';
import type { FaultName } from './fault-request.js';
import type { Published } from './publish-events.js';

/** One strike. Times in milliseconds since the epoch. */
export interface Strike {
  readonly fault: FaultName;
  /** What was struck: `worker 2`, `RabbitMQ`. */
  readonly victim: string;
  /** The kill began. */
  readonly from: number;
  /** What was killed is gone. */
  readonly until: number;
  /** What was killed serves again, or is about to be started: from here recovery counts. */
  readonly backAt: number;
  /** Every worker is ready and consumes every queue, the api is ready. */
  readonly recoveredAt: number;
  /** Requests that the simulator had not answered at the instant of the kill. */
  readonly openRequests: number;
  /** Messages whose receipts the simulator had still to report just before. */
  readonly receiptsToCome: number;
  /** Whether every queue had a consumer of every worker again. */
  readonly attached: boolean;
}

/** What a process took of the machine's memory at an instant (milliseconds since the epoch), garbage collected. */
export interface MemorySample {
  /** `worker 1` */
  readonly process: string;
  /** Tells its lives apart. */
  readonly pid: number;
  readonly at: number;
  readonly rssMb: number;
}

/** Everything by which a run is judged. */
export interface Evidence {
  readonly planned: readonly PlannedEvent[];
  readonly published: readonly Published[];
  readonly strikes: readonly Strike[];
  /** From MongoDB. */
  readonly notifications: readonly RecordedNotification[];
  readonly parkedEvents: readonly RecordedParkedEvent[];
  /** From the simulator's own file. */
  readonly journal: readonly JournalLine[];
  /** From the dead-letter queues. */
  readonly deadDispatches: readonly LyingEnvelope[];
  readonly deadEvents: readonly LyingEnvelope[];
  readonly deadReceipts: readonly LyingEnvelope[];
  /** Envelopes that a worker has in hand for good, by queue; looked at when something still moved. */
  readonly unsettled: Readonly<Record<string, number>>;
  /** Processes that ended without being asked, by name. */
  readonly crashes: readonly string[];
  /** Rejections that nobody handled and exceptions that nobody caught, as the logs of all lives have them. */
  readonly unhandled: readonly string[];
  /** Of workers and api, twice a minute and at the end, in order. */
  readonly memory: readonly MemorySample[];
  /** What had not come to rest when time was up: `requests unanswered: 2`. Nothing moved any more where it is missing. */
  readonly unrest?: string;
  readonly maxAttempts: number;
  readonly retryDelayMs: number;
  readonly onUnknown?: 'hold' | 'resend';
  /** Whether receipts were reported. */
  readonly receipts: boolean;
}
