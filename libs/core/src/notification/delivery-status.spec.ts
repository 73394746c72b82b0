import fc from 'fast-check';
import {
  type Cause,
  type DeliveryStatus,
  deliveryStatuses,
  isFinal,
  nextStatus,
  transitions,
  waitingStatuses,
} from './delivery-status.js';

/** data.md as a table: a column per status, in the order of `deliveryStatuses`; a dot where the cause changes nothing. */
const columns =
  'scheduled queued    sending   retrying  unknown   sent      delivered read      failed    suppressed expired  cancelled';
const table: Readonly<Record<Cause, string>> = {
  due: '              queued    .         .         .         .         .         .         .         .         .         .         .',
  attempt_started:
    '  .         sending   .         sending   .         .         .         .         .         .         .         .',
  accepted:
    '         .         .         sent      .         .         .         .         .         .         .         .         .',
  accepted_late:
    '    sent      sent      sent      sent      sent      .         .         .         .         .         .         .',
  deferred:
    '         .         .         retrying  .         .         .         .         .         .         .         .         .',
  exhausted:
    '        .         .         failed    .         .         .         .         .         .         .         .         .',
  refused:
    '          .         .         failed    .         .         .         .         .         .         .         .         .',
  returned:
    '         .         .         queued    .         .         .         .         .         .         .         .         .',
  unanswered:
    '       .         .         unknown   .         .         .         .         .         .         .         .         .',
  throttled_long:
    '   .         .         scheduled .         .         .         .         .         .         .         .         .',
  postponed:
    '        .         scheduled .         scheduled .         .         .         .         .         .         .         .',
  unrenderable:
    '     .         failed    .         failed    .         .         .         .         .         .         .         .',
  suppressed:
    '       suppressed suppressed .       suppressed .        .         .         .         .         .         .         .',
  expired:
    '          expired   expired   .         expired   .         .         .         .         .         .         .         .',
  cancelled:
    '        cancelled cancelled .         cancelled .         .         .         .         .         .         .         .',
  given_up:
    '         failed    failed    failed    failed    .         .         .         .         .         .         .         .',
  receipt_sent:
    '     sent      sent      sent      sent      sent      .         .         .         sent      .         .         .',
  receipt_delivered:
    'delivered delivered delivered delivered delivered delivered .         .         delivered .         .         .',
  receipt_read:
    '     read      read      read      read      read      read      read      .         read      .         .         .',
  receipt_failed:
    '   .         .         failed    .         failed    failed    .         .         .         .         .         .',
  resolved_as_sent:
    ' .         .         .         .         sent      .         .         .         .         .         .         .',
  resolved_as_failed:
    '.        .         .         .         failed    .         .         .         .         .         .         .',
};

const causes = Object.keys(table) as readonly Cause[];
const cells = causes.flatMap((cause) => {
  const row = table[cause].trim().split(/\s+/);
  return deliveryStatuses.map((status, index) => ({ cause, status, expected: row[index] ?? 'missing' }));
});

describe('the state machine', () => {
  it('is judged whole: every cause, every status', () => {
    expect(columns.split(/\s+/)).toEqual(deliveryStatuses);
    expect([...causes].sort()).toEqual(Object.keys(transitions).sort());
    expect(cells).toHaveLength(deliveryStatuses.length * causes.length);
  });

  it.each(cells)('$cause: $status → $expected', ({ cause, status, expected }) => {
    expect(nextStatus(status, cause) ?? '.').toBe(expected);
  });

  it('never moves what is final, but for receipts that know better', () => {
    fc.assert(
      fc.property(fc.constantFrom(...deliveryStatuses.filter(isFinal)), fc.constantFrom(...causes), (status, cause) => {
        if (nextStatus(status, cause) !== undefined) expect(cause).toMatch(/^receipt_/);
      }),
    );
  });

  it('never comes down the ladder by a receipt', () => {
    const ladder: readonly DeliveryStatus[] = ['queued', 'sending', 'sent', 'delivered', 'read'];
    const receipts = causes.filter((cause) => cause.startsWith('receipt_') && cause !== 'receipt_failed');
    fc.assert(
      fc.property(fc.constantFrom(...ladder), fc.constantFrom(...receipts), (status, cause) => {
        const next = nextStatus(status, cause) ?? status;
        expect(ladder.indexOf(next)).toBeGreaterThanOrEqual(ladder.indexOf(status));
      }),
    );
  });

  it('reaches a final status or a person from every status', () => {
    const reachable = (from: DeliveryStatus): ReadonlySet<DeliveryStatus> => {
      const seen = new Set([from]);
      for (const status of seen) for (const cause of causes) seen.add(nextStatus(status, cause) ?? status);
      return seen;
    };
    for (const status of deliveryStatuses) expect([...reachable(status)].some(isFinal)).toBe(true);
  });

  it('starts attempts from queued and retrying', () => {
    expect(waitingStatuses).toEqual(transitions.attempt_started.from);
  });

  it.each(deliveryStatuses)('says of %s whether it is final', (status) => {
    const final = ['delivered', 'read', 'failed', 'suppressed', 'expired', 'cancelled'].includes(status);
    expect(isFinal(status)).toBe(final);
  });
});
