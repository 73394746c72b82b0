import { type Outcome } from '@earlybird/core';
import { type Transport } from '../client/exchange.js';
import { judgeExchange } from '../outcome/judge-exchange.js';
import { redactor } from '../outcome/redact.js';
import { type WireContract } from './wire-call.js';

/** What a probe found. Only `halted` says that sending would be in vain. */
export type ProbeResult =
  | { readonly kind: 'open'; readonly httpStatus: number }
  | Extract<Outcome, { kind: 'halted' }>
  /** The provider answers, but not as it should: 5xx, too many requests, nothing in time. */
  | { readonly kind: 'unclear'; readonly outcome: Outcome };

/** Asks whether the provider can be reached and the account is open, without sending anything. Never throws. */
export async function probeProvider(transport: Transport, contract: WireContract): Promise<ProbeResult> {
  const exchange = await transport.exchange(contract.probe);
  const outcome = judgeExchange(exchange, redactor(contract.secrets)([]), Date.now());
  if (outcome.kind === 'halted') return outcome;
  if (exchange.kind === 'answered' && accepts(contract, exchange.status))
    return { kind: 'open', httpStatus: exchange.status };
  return { kind: 'unclear', outcome };
}

const accepts = ({ probeAccepts }: WireContract, status: number) =>
  (status >= 200 && status < 300) || probeAccepts.includes(status);
