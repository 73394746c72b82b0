import { type MessageFault } from './fault.js';

const deferred: MessageFault = { fault: 'error', code: '131000', status: 500 };

/**
 * Recipients that are known for their behaviour (provider.md), so that a fault can be met without setting a rule.
 * A list of several is met one after the other by the tries of one message, and then begins again; undefined is "no fault".
 */
const recipients: Readonly<Record<string, readonly (MessageFault | undefined)[]>> = {
  '+919999900001': [{ fault: 'error', code: '131026', status: 400 }],
  '+919999900002': [deferred, deferred, undefined],
  '+919999900003': [{ fault: 'cut', delivers: true }],
  '+919999900004': [{ fault: 'throttle', retry_after: '2' }, undefined],
  '+919999900005': [{ fault: 'null-error' }],
  '+919999900006': [{ fault: 'failed-receipt', code: '131026' }],
  '+919999900007': [{ fault: 'shuffled-receipts' }],
  '+919999900008': [{ fault: 'slow', delay_ms: 30_000 }],
  '+919999900009': [{ fault: 'reply', text: 'STOP' }],
  '+919999900010': [deferred],
};

/** What one message to this recipient meets, try by try; undefined for an ordinary recipient. */
export function magicFaults(recipient: string): readonly (MessageFault | undefined)[] | undefined {
  return recipients[recipient];
}
