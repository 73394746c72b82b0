/**
 * Where a notification stands (data.md):
 *
 * ```
 *  scheduled ──due──▶ queued ──attempt──▶ sending ──accepted──▶ sent ──▶ delivered ──▶ read
 *                       ▲                   │ deferred → retrying ──(delay queue)──▶ sending …
 *                       │                   │ unknown (hold) → unknown ──receipt──▶ sent … │ a person ──▶ sent / failed
 *                       │ halted            │ refused, or attempts exhausted → failed
 *                       └───────────────────┘
 *  before an attempt: suppressed · expired · cancelled · scheduled (quiet hours)
 * ```
 */
export const deliveryStatuses = [
  'scheduled',
  'queued',
  'sending',
  'retrying',
  'unknown',
  'sent',
  'delivered',
  'read',
  'failed',
  'suppressed',
  'expired',
  'cancelled',
] as const;

export type DeliveryStatus = (typeof deliveryStatuses)[number];

/** Statuses from which an attempt may start. */
export const waitingStatuses = ['queued', 'retrying'] as const satisfies readonly DeliveryStatus[];

type Row = { readonly from: readonly DeliveryStatus[]; readonly to: DeliveryStatus };

const beforeAnAttempt = ['scheduled', 'queued', 'retrying'] as const;
/**
 * Receipts outrank our own guesses: they apply to everything that may have reached the provider. `scheduled` is among them
 * because quiet hours and long throttles move a notification there whose earlier attempt may have arrived.
 */
const ourGuesses = ['scheduled', 'queued', 'sending', 'retrying', 'unknown', 'sent', 'failed'] as const;

/** The whole state machine: every cause, the statuses it applies to and the one it leads to. Anything else changes nothing. */
export const transitions = {
  due: { from: ['scheduled'], to: 'queued' },
  attempt_started: { from: ['queued', 'retrying'], to: 'sending' },
  accepted: { from: ['sending'], to: 'sent' },
  // Whatever we planned meanwhile, the provider has it: from `sending` and `scheduled` too, or it would be sent once more.
  accepted_late: { from: ['unknown', 'retrying', 'queued', 'sending', 'scheduled'], to: 'sent' },
  deferred: { from: ['sending'], to: 'retrying' },
  exhausted: { from: ['sending'], to: 'failed' },
  refused: { from: ['sending'], to: 'failed' },
  returned: { from: ['sending'], to: 'queued' },
  unanswered: { from: ['sending'], to: 'unknown' },
  throttled_long: { from: ['sending'], to: 'scheduled' },
  postponed: { from: ['queued', 'retrying'], to: 'scheduled' },
  unrenderable: { from: ['queued', 'retrying'], to: 'failed' },
  suppressed: { from: beforeAnAttempt, to: 'suppressed' },
  expired: { from: beforeAnAttempt, to: 'expired' },
  cancelled: { from: beforeAnAttempt, to: 'cancelled' },
  given_up: { from: ['scheduled', 'queued', 'sending', 'retrying'], to: 'failed' },
  receipt_sent: { from: ['scheduled', 'queued', 'sending', 'retrying', 'unknown', 'failed'], to: 'sent' },
  receipt_delivered: { from: ourGuesses, to: 'delivered' },
  receipt_read: { from: [...ourGuesses, 'delivered'], to: 'read' },
  receipt_failed: { from: ['sent', 'sending', 'unknown'], to: 'failed' },
  resolved_as_sent: { from: ['unknown'], to: 'sent' },
  resolved_as_failed: { from: ['unknown'], to: 'failed' },
} as const satisfies Record<string, Row>;

export type Cause = keyof typeof transitions;

/** The status after `cause`, or undefined when the cause does not apply to `status`. */
export function nextStatus(status: DeliveryStatus, cause: Cause): DeliveryStatus | undefined {
  const row: Row = transitions[cause];
  return row.from.includes(status) ? row.to : undefined;
}

/** Statuses that no person needs to look at: nothing went wrong, or nothing does any more. */
export const undoubtedStatuses = [
  'sent',
  'delivered',
  'read',
  'suppressed',
  'expired',
  'cancelled',
] as const satisfies readonly DeliveryStatus[];

/** True when nothing of ours will happen any more (a receipt may still climb). */
export function isFinal(status: DeliveryStatus): boolean {
  return ['delivered', 'read', 'failed', 'suppressed', 'expired', 'cancelled'].includes(status);
}
