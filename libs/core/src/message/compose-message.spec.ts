import { aTemplate, fixedRenderer } from '@earlybird/testing';
import { composeMessage, missingVariables } from './compose-message.js';
import type { Rendering } from './renderer.js';

const template = aTemplate({ messageType: 'payment_reminder' });
const variables = { customer_name: 'John Doe', amount: 2500 };

describe('composing a message', () => {
  it('is the rendered text and the version that it came from', () => {
    expect(composeMessage(fixedRenderer, template, variables)).toEqual({
      ok: true,
      message: { text: 'payment_reminder/en/1 for John Doe', template },
    });
  });

  it('has the parameters of the provider’s template where there is one', () => {
    const rendering: Rendering = { ok: true, text: 'text', parameters: ['John Doe', '₹2,500.00'] };
    expect(composeMessage({ render: () => rendering }, template, variables)).toEqual({
      ok: true,
      message: { text: 'text', parameters: ['John Doe', '₹2,500.00'], template },
    });
  });

  it('names every missing variable, and does not ask the renderer', () => {
    const never = {
      render: (): Rendering => {
        throw new Error('asked');
      },
    };
    expect(composeMessage(never, template, {})).toEqual({
      ok: false,
      reason: 'missing_variable',
      missing: ['customer_name', 'amount'],
    });
  });

  it('says why the renderer made nothing of it', () => {
    const failure: Rendering = { ok: false, reason: 'template_broken', missing: [] };
    expect(composeMessage({ render: () => failure }, template, variables)).toBe(failure);
  });

  it.each([[undefined], [null], [''], ['  \n']])('calls %j missing', (amount) => {
    expect(missingVariables('payment_reminder', { ...variables, amount })).toEqual(['amount']);
  });

  it.each([[0], [false], ['0']])('calls %j given', (amount) => {
    expect(missingVariables('payment_reminder', { ...variables, amount })).toEqual([]);
  });
});
