import fc from 'fast-check';
import { deliveryStatuses } from '../notification/delivery-status.js';
import { figuresOf, type StatusCounts, statusesBeside, sumCounts } from './figures.js';

describe('the figures', () => {
  it("hold for the user's example", () => {
    // 150 sent, 145 of them delivered, 120 of those read, 5 failed.
    expect(figuresOf({ read: 120, delivered: 25, failed: 5 })).toEqual({
      totalSent: 150,
      totalDelivered: 145,
      totalRead: 120,
      totalFailed: 5,
      successRate: 96.67,
      deliveryRate: 96.67,
    });
  });

  it.each<[StatusCounts, number, number]>([
    [{}, 0, 0],
    [{ sent: 3 }, 100, 0],
    [{ failed: 3 }, 0, 0],
    [{ sent: 1, delivered: 1, failed: 1 }, 66.67, 33.33],
    [{ queued: 9, unknown: 9, suppressed: 9, delivered: 1 }, 100, 100],
  ])('of %j are %d %% success and %d %% delivery', (counts, successRate, deliveryRate) => {
    expect(figuresOf(counts)).toMatchObject({ successRate, deliveryRate });
  });

  it('leave no status out and count none twice', () => {
    const totals = ['sent', 'delivered', 'read', 'failed'];
    expect([...statusesBeside, ...totals].sort()).toEqual([...deliveryStatuses].sort());
  });

  it('of a sum are the figures of all', () => {
    const counts = fc.dictionary(fc.constantFrom(...deliveryStatuses), fc.nat(1_000));
    fc.assert(
      fc.property(fc.array(counts), (all) => {
        const total = figuresOf(sumCounts(all)).totalSent;
        return total === all.reduce((sum, one) => sum + figuresOf(one).totalSent, 0);
      }),
    );
  });
});
