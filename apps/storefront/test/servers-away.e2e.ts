import { eventually, guardLeaks } from '@earlybird/testing';
import { StorefrontUnderTest } from './support/storefront-under-test.js';

/** The driver looks for a database that is away for 3 s at a time. */
const PATIENCE_MS = 40_000;

/** Beyond the driver's first try: a client that has failed once must connect all the same. */
const FIRST_TRY_MS = 4_000;

const order = { items: [{ product_id: 'p', quantity: 1, price: 10 }], delivery_date: '2026-02-01' };

describe('with a server away, the storefront', () => {
  let storefront: StorefrontUnderTest;
  beforeEach(async () => {
    storefront = await StorefrontUnderTest.prepare();
  }, PATIENCE_MS);
  afterEach(() => storefront.remove(), PATIENCE_MS);

  const place = () => storefront.call('POST', '/api/orders', order);
  const arrived = async () => new Set((await storefront.events()).map(({ subject }) => subject));

  it(
    'takes 100 orders while the broker is gone, and all of them arrive',
    async () => {
      await storefront.start();
      await storefront.eventOf(await place());
      await storefront.toBroker.close();
      const replies = await Promise.all(Array.from({ length: 100 }, place));
      expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 201));
      const health = await storefront.call('GET', '/health');
      expect(health).toMatchObject({ status: 200, body: { status: 'degraded', publishers: { order: 'connecting' } } });
      await storefront.toBroker.open();
      const ids = replies.map(({ body }) => body['id'] as string);
      const allArrived = async () => {
        const there = await arrived();
        return ids.every((id) => there.has(id));
      };
      await eventually(allArrived, { message: 'all 100 orders are with the broker' });
    },
    PATIENCE_MS,
  );

  it(
    'starts without the broker, and keeps orders over its own restart',
    async () => {
      await storefront.toBroker.close();
      await storefront.start();
      const reply = await place();
      expect(reply.status).toBe(201);
      await storefront.stop();
      await storefront.toBroker.open();
      await storefront.start();
      expect((await storefront.eventOf(reply)).subject).toBe(reply.body['id']);
    },
    PATIENCE_MS,
  );

  it(
    'waits for the database at start',
    async () => {
      await storefront.toDatabase.close();
      const starting = storefront.start();
      const first = await Promise.race([
        starting.then(() => 'started'),
        new Promise((resolve) => setTimeout(resolve, FIRST_TRY_MS, 'waits')),
      ]);
      expect(first).toBe('waits');
      await storefront.toDatabase.open();
      await starting;
      expect((await place()).status).toBe(201);
    },
    PATIENCE_MS,
  );

  it(
    'answers 503 when the database goes away, and goes on when it is back',
    async () => {
      await storefront.start();
      await storefront.toDatabase.close();
      const refused = await place();
      expect(refused).toMatchObject({ status: 503, body: { code: 'database_unavailable' } });
      expect(refused.headers.get('retry-after')).toBe('3');
      expect(await storefront.call('GET', '/health')).toMatchObject({ status: 503, body: { status: 'unhealthy' } });
      await storefront.toDatabase.open();
      const placed = async () => {
        const next = await place();
        return next.status === 201 && next;
      };
      const reply = await eventually(placed, { message: 'orders are taken again' });
      expect((await storefront.eventOf(reply)).subject).toBe(reply.body['id']);
    },
    PATIENCE_MS,
  );
});

guardLeaks();
