import { cleanParameter, templateParameters } from './template-parameters.js';

describe('the parameters of a provider template', () => {
  it('are the texts by position', () => {
    expect(templateParameters(['customer_name', 'total_amount'], ['Priya', '₹2,500.00'])).toEqual({
      ok: true,
      parameters: { '1': 'Priya', '2': '₹2,500.00' },
    });
  });

  it.each([
    ['a\nb', 'a b'],
    ['a\r\n\tb', 'a b'],
    ['a\u2028b', 'a b'],
    ['a      b', 'a    b'],
    ['a    b', 'a    b'],
    ['  a ', 'a'],
    ['प्रिया', 'प्रिया'],
    ['👩‍👧', '👩‍👧'],
  ])('%j is sent as %j', (value, clean) => {
    expect(cleanParameter(value)).toBe(clean);
  });

  it.each([[['x', '']], [['x', ' \n\t']], [['x']]])('%j cannot fill two holes: the second is empty', (texts) => {
    expect(templateParameters(['a', 'b'], texts)).toEqual({ ok: false, variable: 'b', problem: 'is empty' });
  });
});
