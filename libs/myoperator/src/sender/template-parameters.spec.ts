import { cleanParameter, templateParameters } from './template-parameters.js';

describe('the parameters of a provider template', () => {
  it('are the named variables by position', () => {
    const variables = { customer_name: 'Priya', total_amount: 2500, gift: false, other: 'unused' };
    expect(templateParameters(['customer_name', 'total_amount', 'gift'], variables)).toEqual({
      ok: true,
      parameters: { '1': 'Priya', '2': '2500', '3': 'false' },
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

  it.each([
    [{ a: '' }, 'is empty'],
    [{ a: ' \n\t' }, 'is empty'],
    [{}, 'is empty'],
    [{ a: null }, 'is empty'],
    [{ a: [1] }, 'is no plain value'],
    [{ a: { b: 1 } }, 'is no plain value'],
  ])('%j cannot fill a hole: it %s', (variables, problem) => {
    expect(templateParameters(['a'], variables)).toEqual({ ok: false, variable: 'a', problem });
  });
});
