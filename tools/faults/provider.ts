import type { RunningSystem } from '@earlybird/testing';
import { ordinaryPhones } from './event-plan.js';

/** What the provider does wrong on top of what it always does. */
export type ProviderFault =
  { readonly fault: 'outage'; readonly cut: boolean } | { readonly fault: 'slow'; readonly delayMs: number };

/**
 * How long an answer takes: like a provider far away, so that a kill meets requests that are delivered and not answered, which
 * is the one moment in which a doubt can arise.
 */
const usualAnswerMs = 40;

/** Puts the simulator's rules in force: how long answers take, and, where given, a fault for everyone. It forgets them when it ends. */
export async function setProviderFault(system: RunningSystem, fault?: ProviderFault): Promise<void> {
  const slowMs = fault?.fault === 'slow' ? fault.delayMs : usualAnswerMs;
  const rules = [
    ...(fault?.fault === 'outage' ? [{ fault: 'outage', cut: fault.cut }] : []),
    { fault: 'slow', delay_ms: slowMs, recipients: ordinaryPhones },
  ];
  const { status } = await system.callSimulator('PUT', '/faults', { rules });
  if (status !== 200) throw new Error(`the simulator refused its rules: ${status}`);
}

/** What the simulator has in hand and has seen. */
export interface ProviderLoad {
  /** Requests that it has not answered. */
  readonly open: number;
  /** Requests that ever came. */
  readonly arrived: number;
  /** Messages whose receipts it has still to report. */
  readonly receipts: number;
}

/** Asks the simulator what it has in hand. */
export async function providerLoad(system: RunningSystem): Promise<ProviderLoad> {
  const { body } = await system.callSimulator('GET', '/requests?limit=0');
  const { total, receipts_pending: receipts } = body as {
    readonly total: { readonly open: number; readonly arrived: number };
    readonly receipts_pending: number;
  };
  return { ...total, receipts };
}
