import { type Replay, newId } from '@earlybird/core';
import { after, testStart } from './instant.js';

/** A running replay of what failed in the hour before, that nobody has begun; `parts` replace whole fields. */
export function aReplay(parts: Partial<Replay> = {}): Replay {
  const createdAt = parts.createdAt ?? testStart;
  return {
    id: newId('replay', createdAt),
    filter: { status: 'failed', from: after(-3_600_000, createdAt), to: createdAt },
    pace: { ratePerSecond: 10, mostFailedPercent: 30, leastOutcomes: 20 },
    requestedBy: 'asha',
    state: 'running',
    createdAt,
    updatedAt: createdAt,
    ...parts,
  };
}
