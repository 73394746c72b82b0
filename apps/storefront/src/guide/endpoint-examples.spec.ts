import { endpointExamples } from './endpoint-examples.js';

describe('the examples of the guide', () => {
  it('count their days as a customer in India does', () => {
    const orderAt = (now: string) => endpointExamples(new Date(now)).find(({ path }) => path === '/api/orders')?.body;
    expect(orderAt('2026-02-01T18:29:59Z')).toMatchObject({ delivery_date: '2026-02-02' });
    expect(orderAt('2026-02-01T18:30:00Z')).toMatchObject({ delivery_date: '2026-02-03' });
  });
});
