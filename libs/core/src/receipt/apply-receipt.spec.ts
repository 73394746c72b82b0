import { aReceipt } from '@earlybird/testing';
import fc from 'fast-check';
import { type DeliveryStatus, deliveryStatuses, isFinal } from '../notification/delivery-status.js';
import { statusAfterReceipt } from './apply-receipt.js';
import { type ReceiptStatus, receiptKey, receiptStatuses } from './receipt.js';

/** Where a sequence of receipts leads; a copy of one that is on record is a duplicate and is not applied. */
function statusAfterAll(start: DeliveryStatus, sequence: readonly ReceiptStatus[]): DeliveryStatus {
  const applied: { status: ReceiptStatus }[] = [];
  let status = start;
  for (const kind of sequence) {
    const receipt = { status: kind };
    if (applied.some((earlier) => earlier.status === kind)) continue;
    status = statusAfterReceipt(status, applied, receipt);
    applied.push(receipt);
  }
  return status;
}

function permutations<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  if (items.length <= 1) return [items];
  return items.flatMap((item, index) =>
    permutations(items.filter((_, other) => other !== index)).map((rest) => [item, ...rest]),
  );
}

describe('the receipt ladder', () => {
  const subsets = receiptStatuses.reduce<readonly (readonly ReceiptStatus[])[]>(
    (sets, status) => [...sets, ...sets.map((set) => [...set, status])],
    [[]],
  );

  it.each(deliveryStatuses)('leads from %s to the same status by every order of every set of receipts', (start) => {
    for (const subset of subsets) {
      const ends = new Set(permutations(subset).map((order) => statusAfterAll(start, order)));
      expect([subset, ends.size]).toEqual([subset, 1]);
    }
  });

  it('is not moved by copies, wherever they come', () => {
    const sequence = fc.array(fc.constantFrom(...receiptStatuses), { maxLength: 12 });
    fc.assert(
      fc.property(fc.constantFrom(...deliveryStatuses), sequence, (start, kinds) => {
        expect(statusAfterAll(start, kinds)).toBe(statusAfterAll(start, [...new Set(kinds)]));
      }),
    );
  });

  it.each<[DeliveryStatus, readonly ReceiptStatus[], DeliveryStatus]>([
    ['sent', ['delivered', 'read'], 'read'],
    ['sent', ['read'], 'read'],
    ['sent', ['failed'], 'failed'],
    ['sent', ['failed', 'delivered'], 'delivered'],
    ['unknown', ['sent'], 'sent'],
    ['unknown', ['failed'], 'failed'],
    ['failed', ['sent'], 'sent'],
    ['failed', ['delivered'], 'delivered'],
    ['retrying', ['failed'], 'retrying'],
    ['retrying', ['failed', 'sent'], 'failed'],
    ['scheduled', ['delivered'], 'delivered'],
    ['delivered', ['failed'], 'delivered'],
    ['read', ['failed', 'delivered', 'sent'], 'read'],
    ['cancelled', ['sent', 'delivered', 'read'], 'cancelled'],
    ['sent', ['queued'], 'sent'],
  ])('leads from %s by %j to %s', (start, kinds, end) => {
    expect(statusAfterAll(start, kinds)).toBe(end);
  });

  it('leaves nothing waiting that was read', () => {
    for (const status of deliveryStatuses) {
      const end = statusAfterAll(status, ['read']);
      expect(isFinal(end)).toBe(true);
    }
  });
});

describe('the key of a receipt', () => {
  it('is the provider’s event id where there is one', () => {
    expect(receiptKey(aReceipt({ providerMessageId: 'wamid', eventId: 'evt' }))).toBe('evt');
  });

  it('else tells apart message, status and time, and nothing more', () => {
    const receipt = aReceipt({ providerMessageId: 'wamid' });
    const same = { ...receipt, receivedAt: new Date(), errorCode: '1' };
    expect(receiptKey(same)).toBe(receiptKey(receipt));
    for (const other of [{ providerMessageId: 'other' }, { status: 'read' as const }, { at: new Date(0) }])
      expect(receiptKey({ ...receipt, ...other })).not.toBe(receiptKey(receipt));
  });
});
