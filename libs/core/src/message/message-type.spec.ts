import { factsOf, isMessageType, messageTypeNames } from './message-type.js';

const hours = 3_600_000;

describe('the message types', () => {
  /** events.md: category, immediate, valid for (hours), quiet hours; architecture.md: what a doubt leads to. */
  it.each([
    ['order_confirmation', 'utility', true, 24, 'ignore', 'resend', false],
    ['subscription_confirmation', 'utility', true, 24, 'ignore', 'resend', false],
    ['pause_confirmation', 'utility', true, 24, 'ignore', 'resend', false],
    ['delivery_reminder', 'utility', false, 24, 'defer', 'resend', true],
    ['delivery_confirmed', 'utility', true, 12, 'ignore', 'resend', false],
    ['delivery_delayed', 'utility', true, 24, 'ignore', 'resend', true],
    ['payment_reminder', 'utility', false, 24, 'defer', 'hold', true],
    ['payment_confirmation', 'utility', true, 24, 'ignore', 'hold', false],
    ['churn_risk', 'marketing', false, 168, 'defer', 'hold', false],
    ['new_product', 'marketing', false, 168, 'defer', 'hold', false],
  ] as const)('%s', (type, category, immediate, validHours, quietHours, onUnknown, boundToMoment) => {
    expect(factsOf(type)).toMatchObject({
      category,
      immediate,
      validityMs: validHours * hours,
      quietHours,
      onUnknown,
      boundToMoment,
    });
  });

  it.each([
    ['delivery_reminder', ['customer_name', 'delivery_date']],
    ['delivery_confirmed', ['customer_name', 'delivery_date']],
    ['payment_reminder', ['customer_name', 'amount']],
    ['payment_confirmation', ['customer_name', 'amount']],
    ['subscription_confirmation', ['customer_name', 'product', 'start_date']],
    ['pause_confirmation', ['customer_name']],
    ['order_confirmation', ['customer_name', 'order_id']],
  ] as const)('%s needs %j', (type, required) => {
    expect(factsOf(type).required).toEqual(required);
  });

  it('are ten, and no inherited name is one', () => {
    expect(messageTypeNames).toHaveLength(10);
    for (const name of ['toString', '__proto__', 'constructor', '']) expect(isMessageType(name)).toBe(false);
    for (const name of messageTypeNames) expect(isMessageType(name)).toBe(true);
  });
});
