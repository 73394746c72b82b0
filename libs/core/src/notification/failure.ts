import type { Attempt } from '../attempt/attempt.js';
import { attemptsExhausted } from '../attempt/judge-attempt.js';
import { failedReceipt } from '../receipt/apply-receipt.js';
import type { Notification } from './notification.js';

/** A failed or doubtful notification as the list of failures needs it. */
export interface Failure {
  readonly id: string;
  readonly status: 'failed' | 'unknown';
  readonly messageType: string;
  /** See `causeOf`. */
  readonly cause: string;
  readonly createdAt: Date;
  readonly phone?: string;
  readonly referenceId?: string;
  /** A redacted piece of the provider's last answer. */
  readonly detail?: string;
}

/** Failures with the same cause and type. */
export interface FailureGroup {
  readonly cause: string;
  readonly messageType: string;
  readonly count: number;
  readonly failed: number;
  readonly unknown: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
  /** The newest. */
  readonly sample: Failure;
}

/**
 * Why a notification failed, as stable words that stand for all that failed alike: the reason, and the provider's code where
 * there is one (`provider_error 131000`, `failed_receipt 131026`). Where the attempts were used up, the last one's reason.
 */
export function causeOf({
  statusReason,
  attempts,
  receipts,
}: Pick<Notification, 'statusReason' | 'attempts' | 'receipts'>): string {
  const last: Attempt | undefined = attempts.at(-1);
  if (statusReason === failedReceipt) {
    const code = receipts.findLast(({ status }) => status === 'failed')?.errorCode;
    return words(failedReceipt, code);
  }
  const reason = statusReason === attemptsExhausted ? (last?.reason ?? statusReason) : statusReason;
  const explained =
    last !== undefined && last.outcome !== 'accepted' && (last.reason === reason || reason === undefined);
  return words(reason ?? last?.reason ?? 'unexplained', explained ? last.errorCode : undefined);
}

/** The groups of `failures`, the greatest first. */
export function groupFailures(failures: readonly Failure[]): readonly FailureGroup[] {
  const groups = new Map<string, FailureGroup>();
  for (const failure of failures) {
    const key = `${failure.cause}\n${failure.messageType}`;
    groups.set(key, withFailure(groups.get(key), failure));
  }
  return [...groups.values()].sort((left, right) => right.count - left.count || (left.cause < right.cause ? -1 : 1));
}

function withFailure(group: FailureGroup | undefined, failure: Failure): FailureGroup {
  const { cause, messageType, createdAt, status } = failure;
  const known = group ?? { count: 0, failed: 0, unknown: 0, firstAt: createdAt, lastAt: createdAt, sample: failure };
  return {
    cause,
    messageType,
    count: known.count + 1,
    failed: known.failed + (status === 'failed' ? 1 : 0),
    unknown: known.unknown + (status === 'unknown' ? 1 : 0),
    firstAt: createdAt < known.firstAt ? createdAt : known.firstAt,
    lastAt: createdAt > known.lastAt ? createdAt : known.lastAt,
    sample: createdAt > known.sample.createdAt ? failure : known.sample,
  };
}

function words(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join(' ');
}
