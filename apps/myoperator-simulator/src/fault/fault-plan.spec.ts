import { type SentMessage } from '../contract/sent-message.js';
import { FaultPlan } from './fault-plan.js';
import { type FaultRule } from './fault-rule.js';

const message: SentMessage = { contract: 'whatsapp', recipient: '+919876543210', text: 'Hello' };

function strikes(rule: FaultRule, tries: number): number {
  const plan = new FaultPlan();
  plan.setRules([rule]);
  return Array.from({ length: tries }, () => plan.faultFor(message, 'n').fault).filter((fault) => fault !== undefined)
    .length;
}

describe('a fault plan', () => {
  it.each([
    [1, 10, 10],
    [0.5, 10, 5],
    [0.1, 1_000, 100],
    [1 / 3, 999, 333],
    [0.3, 1_000, 300],
    [0.999, 1_000, 999],
    [0.001, 999, 0],
  ])('strikes the share %d of %d tries exactly %d times', (share, tries, expected) => {
    expect(strikes({ fault: { fault: 'null-error' }, scope: { share } }, tries)).toBe(expected);
  });

  it('lets the share and the count limit each other', () => {
    expect(strikes({ fault: { fault: 'null-error' }, scope: { share: 0.5, count: 3 } }, 100)).toBe(3);
  });

  it('counts the tries of two messages to one recipient apart', () => {
    const plan = new FaultPlan();
    const twice = { ...message, recipient: '+919999900002' };
    const faults = ['a', 'b', 'a', 'b', 'a', 'b'].map((key) => plan.faultFor(twice, key).fault?.fault);
    expect(faults).toEqual(['error', 'error', 'error', 'error', undefined, undefined]);
  });

  it('takes up the tries of an earlier run', () => {
    const plan = new FaultPlan();
    const twice = { ...message, recipient: '+919999900002' };
    plan.countTry(twice.recipient, 'a');
    plan.countTry(twice.recipient, 'a');
    expect(plan.faultFor(twice, 'a')).toEqual({ fault: undefined, recipientTried: true });
  });
});
