import { OrderEvents } from './order-events.js';

describe('the events of a benchmark', () => {
  const events = new OrderEvents().next(200);

  it('have a kilobyte', () => {
    for (const event of events) {
      const size = Buffer.byteLength(JSON.stringify(event));
      expect(size).toBeGreaterThan(1_000);
      expect(size).toBeLessThanOrEqual(1_024);
    }
  });

  it('are each for another customer', () => {
    expect(new Set(events.map(({ id }) => id)).size).toBe(200);
    expect(new Set(events.map(({ data }) => data.customer.phone)).size).toBe(200);
  });
});
