import { headers, headersOf } from './headers.js';
import { stripBrokerHeaders } from './strip-broker-headers.js';

describe('our headers', () => {
  it('are those of the design, each with a sentence', () => {
    expect(Object.values(headers).map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'x-notification-id',
        'x-attempt',
        'x-reason',
        'x-error-code',
        'x-next-attempt-at',
        'x-first-failed-at',
        'x-original-routing-key',
        'x-publisher',
        'traceparent',
        'x-correlation-id',
      ]),
    );
    for (const { sentence } of Object.values(headers)) expect(sentence).toMatch(/^[A-Z].*\.$/);
  });

  it('tell times in ISO, cut long texts, and leave out what is absent', () => {
    expect(
      headersOf({
        attempt: 2,
        reason: 'x'.repeat(100_000),
        nextAttemptAt: new Date('2026-01-02T03:04:05.006Z'),
        errorCode: undefined,
      }),
    ).toEqual({ 'x-attempt': 2, 'x-reason': 'x'.repeat(500), 'x-next-attempt-at': '2026-01-02T03:04:05.006Z' });
  });
});

describe('a copy', () => {
  it('keeps our headers and nothing of its former life', () => {
    const received = {
      'x-attempt': 2,
      'x-reason': 'provider_error',
      traceparent: '00-1-2-01',
      'x-death': [{ count: 3 }],
      'x-first-death-queue': 'a',
      'x-last-death-reason': 'expired',
      'x-delivery-count': 4,
      'x-acquired-count': 4,
      'x-opt-deaths': {},
      CC: ['elsewhere'],
      BCC: ['elsewhere'],
      'x-somebody-elses': 'y',
    };
    expect(stripBrokerHeaders(received)).toEqual({
      'x-attempt': 2,
      'x-reason': 'provider_error',
      traceparent: '00-1-2-01',
    });
  });

  it('keeps no header of ours that holds a table', () => {
    expect(stripBrokerHeaders({ 'x-reason': { deep: true }, 'x-publisher': ['a'], 'x-attempt': null })).toEqual({});
  });
});
