import { marketingWishIn } from '../recipient/marketing-word.js';
import type { FlowParts } from './flow-parts.js';

/** A message that a customer sent to us. */
export interface Inbound {
  /** E.164. */
  readonly phone: string;
  /** Absent for a picture, a voice message and the like. */
  readonly text?: string;
  /** The provider's clock. */
  readonly at: Date;
}

/**
 * Records that a customer wrote, and what the text says about marketing: STOP opts the number out, START in again. The text
 * itself is not kept. Idempotent; an older message never displaces what a newer one said. Throws AppError
 * `database_unavailable`.
 */
export function recordInbound({ settings }: Pick<FlowParts, 'settings'>): (inbound: Inbound) => Promise<void> {
  return async ({ phone, text = '', at }) => {
    const wish = marketingWishIn(text);
    if (wish !== undefined) await settings.recordMarketingWish(phone, { ...wish, at, source: 'reply' });
    await settings.recordInbound(phone, at);
  };
}
