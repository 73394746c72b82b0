import type { Renderer, Variables } from '@earlybird/core';
import { aTemplate } from '../builders/a-template.js';

/** What every Renderer promises of templates that only name variables, `{{ like_this }}`: everything beyond is its own affair. */
export function rendererContract(name: string, renderer: Renderer): void {
  describe(`${name} keeps the contract of the renderer`, () => {
    const render = (body: string, variables: Variables) => renderer.render(aTemplate({ body }), variables);

    it('fills every hole with its variable and leaves the rest as it is', () => {
      const body = 'Hello {{ customer_name }},\nyour order {{ order_id }} comes. Thank you, {{ customer_name }}!';
      expect(render(body, { customer_name: 'Jo', order_id: 'order_1' })).toEqual({
        ok: true,
        text: 'Hello Jo,\nyour order order_1 comes. Thank you, Jo!',
      });
    });

    it('shows numbers and text of any script', () => {
      expect(render('{{ count }} × {{ customer_name }}', { count: 2, customer_name: 'आशा' })).toEqual({
        ok: true,
        text: '2 × आशा',
      });
    });

    it('never reads what a variable says as a template', () => {
      const customer_name = '{{ order_id }} {% raw %} <b> & "';
      expect(render('{{ customer_name }}', { customer_name, order_id: 'x' })).toEqual({
        ok: true,
        text: customer_name,
      });
    });

    it('makes no hole where a variable is missing, and names it', () => {
      expect(render('{{ customer_name }} {{ order_id }}', { customer_name: 'Jo' })).toEqual({
        ok: false,
        reason: 'missing_variable',
        missing: ['order_id'],
      });
    });

    it.each(['constructor', 'toString', '__proto__'])('knows no variable that nobody gave: %s', (inherited) => {
      expect(render(`{{ ${inherited} }}`, {})).toMatchObject({ ok: false });
    });

    it('gives the same text for the same variables, and leaves them alone', () => {
      const variables = Object.freeze({ customer_name: 'Jo' });
      const rendering = render('Hello {{ customer_name }}', variables);
      expect(render('Hello {{ customer_name }}', variables)).toEqual(rendering);
    });
  });
}
