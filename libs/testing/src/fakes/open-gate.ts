import type { ProviderGate, SendPermits } from '@earlybird/core';

/** The gate of a provider that always takes messages. */
export function openGate(now: () => Date): ProviderGate {
  return {
    enter: async () => ({ kind: 'open', at: now() }),
    leave: async () => undefined,
    tell: async () => undefined,
    halt: async () => undefined,
    isHalted: async () => false,
  };
}

/** The permits of a number without limit. */
export const unlimited: SendPermits = {
  acquire: async () => ({ kind: 'granted', end: () => undefined }),
  heed: async () => undefined,
};
