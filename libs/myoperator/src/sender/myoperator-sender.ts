import { type MessageSender, type Outcome, type Shipment } from '@earlybird/core';
import { type Transport } from '../client/exchange.js';
import { judgeExchange } from '../outcome/judge-exchange.js';
import { redactor } from '../outcome/redact.js';
import { type WireContract } from './wire-call.js';

/** Hands messages to MyOperator over one wire contract. Keeps the promises of `MessageSender`. */
export class MyOperatorSender implements MessageSender {
  private readonly redactFor: ReturnType<typeof redactor>;

  constructor(
    private readonly transport: Transport,
    private readonly contract: WireContract,
  ) {
    this.redactFor = redactor(contract.secrets);
  }

  async send(shipment: Shipment): Promise<Outcome> {
    const call = this.contract.call(shipment);
    if (!call.ok) return { kind: 'refused', reason: call.reason, detail: call.detail };
    const exchange = await this.transport.exchange(call.request);
    // Only when something is kept: the forms of every personal text are not worth making for an acceptance.
    const redact = (text: string) => this.redactFor(personalTexts(shipment))(text);
    return judgeExchange(exchange, redact, Date.now());
  }
}

/** What an answer may echo of the request. */
function personalTexts({ phone, message, variables }: Shipment): readonly string[] {
  const values = Object.values(variables).filter((value): value is string => typeof value === 'string');
  return [phone, phone.slice(1), message.text, ...(message.parameters ?? []), ...values];
}
