import type { Receipt } from '@earlybird/core';
import { after } from './instant.js';

/** A `delivered` receipt two seconds after `testStart`, received half a second later; `parts` replace whole fields. */
export function aReceipt(parts: Partial<Receipt> & Pick<Receipt, 'providerMessageId'>): Receipt {
  const at = parts.at ?? after(2_000);
  return { status: 'delivered', at, receivedAt: after(500, at), ...parts };
}
