import { type Random } from '../../faults/random.js';
import { type Record } from '../record/open-record.js';

/** One kind of call, and its bars (quality.md). */
export interface ApiCall {
  readonly name: string;
  /** The path of the next call of this kind; everything that it asks for is there. */
  readonly path: () => string;
  /** For the 99th percentile. */
  readonly mostMs: number;
  /** How much longer it may take on the large record. */
  readonly mostTimes?: number;
}

/** Notifications whose phone, reference and event are asked for: more than any cache of ours would hold. */
const samples = 2_000;
const statuses = ['failed', 'sent', 'delivered', 'read', 'suppressed', 'retried'] as const;

/** The reading calls that support lives by. */
export async function apiCalls(record: Record, random: Random): Promise<readonly ApiCall[]> {
  const known = await record.sample(samples, random);
  const history = (name: string, query: () => string): ApiCall => ({
    name: `GET /history by ${name}`,
    path: () => `/history?${query()}`,
    mostMs: 50,
    mostTimes: 2,
  });
  return [
    history('phone', () => `phone=${encodeURIComponent(random.pick(known).phone)}`),
    history('reference', () => `reference_id=${random.pick(known).referenceId}`),
    history('event id', () => `event_id=${random.pick(known).eventId}`),
    history('status', () => `status=${random.pick(statuses)}`),
    { name: 'GET /statistics?days=30', path: () => '/statistics?days=30', mostMs: 100 },
    { name: 'GET /failures', path: () => '/failures', mostMs: 200 },
  ];
}
