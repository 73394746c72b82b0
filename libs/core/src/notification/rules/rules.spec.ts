import { type EventCatalogue, eventCatalogue } from '@earlybird/events';
import { AppError } from '../../kernel/app-error.js';
import type { MessageType } from '../../message/message-type.js';
import { orderCreated } from './order.js';
import { checkRules, ruledEventTypes, rules } from './rules.js';

const without = (type: string): EventCatalogue => ({
  ...eventCatalogue,
  types: eventCatalogue.types.filter((known) => known !== type),
  has: ((known: string) => known !== type && eventCatalogue.has(known)) as EventCatalogue['has'],
});

function faults(...args: Parameters<typeof checkRules>): string {
  try {
    checkRules(...args);
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    expect(error).toHaveProperty('code', 'rules_invalid');
    return (error as AppError).message;
  }
  throw new Error('nothing was wrong');
}

describe('the rules', () => {
  it('fit the events and the message types', () => {
    expect(() => checkRules(eventCatalogue)).not.toThrow();
    expect(ruledEventTypes).toEqual(eventCatalogue.types);
  });

  it('may not name an unknown event', () => {
    expect(faults(without('order.created'))).toBe('a rule names the unknown event order.created');
  });

  it('may not name an unknown message type', () => {
    const messageType = 'order_cancelled' as MessageType;
    expect(faults(eventCatalogue, [...rules, { ...orderCreated, messageType }])).toBe(
      'the rule of order.created names the unknown message type order_cancelled',
    );
  });

  it('may not leave out an event, and every fault is told at once', () => {
    expect(faults(eventCatalogue, rules.slice(2))).toBe(
      'the event order.created has no rule; the event subscription.created has no rule',
    );
  });
});
