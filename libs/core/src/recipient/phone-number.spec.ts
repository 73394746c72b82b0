import fc from 'fast-check';
import { maskPhone, parsePhone } from './phone-number.js';

const digits = (length: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((list) => list.join(''));
/** The ten digits of an Indian mobile number. */
const indianMobile = fc
  .tuple(fc.constantFrom('98', '99', '97', '70', '88'), digits(8))
  .map(([start, rest]) => start + rest)
  .filter((number) => parsePhone(`+91${number}`).ok);
const separator = fc.constantFrom('', ' ', '-');

describe('reading a phone number', () => {
  it('takes an Indian mobile number however it is grouped', () => {
    fc.assert(
      fc.property(indianMobile, separator, separator, (number, first, second) => {
        const written = `+91${first}${number.slice(0, 5)}${second}${number.slice(5)}`;
        expect(parsePhone(` ${written} `)).toEqual({ ok: true, phone: `+91${number}` });
      }),
    );
  });

  it('takes a bare Indian number only where events may carry it', () => {
    fc.assert(
      fc.property(indianMobile, separator, (number, middle) => {
        const written = `${number.slice(0, 5)}${middle}${number.slice(5)}`;
        expect(parsePhone(written, { bareIndian: true })).toEqual({ ok: true, phone: `+91${number}` });
        expect(parsePhone(written).ok).toBe(false);
        expect(parsePhone(`91${number}`).ok).toBe(false);
        expect(parsePhone(`91${number}`, { bareIndian: true }).ok).toBe(false);
      }),
    );
  });

  it('reads its own answer as the same number', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          indianMobile.map((number) => `+91${number}`),
          digits(12).map((all) => `+${all}`),
        ),
        (text) => {
          const parsed = parsePhone(text);
          if (parsed.ok) expect(parsePhone(parsed.phone)).toEqual(parsed);
        },
      ),
    );
  });

  it('answers every text, with E.164 or with how to write it', () => {
    const noise = fc.oneof(
      fc.string(),
      fc.string({ unit: 'grapheme' }),
      fc.stringMatching(/^[+\d\s()x;=ext.-]{0,40}$/),
    );
    fc.assert(
      fc.property(noise, fc.boolean(), (text, bareIndian) => {
        const parsed = parsePhone(text, { bareIndian });
        if (parsed.ok) expect(parsed.phone).toMatch(/^\+[1-9]\d{6,14}$/);
        else expect(parsed.reason).toContain('+919876543210');
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['+14155552671', '+14155552671'],
    ['+44 7911 123456', '+447911123456'],
    ['+971 50 123 4567', '+971501234567'],
    ['+919999900001', '+919999900001'],
  ])('takes %s', (text, phone) => {
    expect(parsePhone(text)).toEqual({ ok: true, phone });
  });

  it.each([
    ['9876543210', 'must start with +'],
    ['919876543210', 'must start with +'],
    ['+91987654321', 'no possible mobile number'],
    ['+9198765432100', 'no possible mobile number'],
    ['+912226543210', 'no possible mobile number'],
    ['+919876543210 ext. 5', 'no possible mobile number'],
    ['+919876543210;ext=5', 'no possible mobile number'],
    ['call +919876543210', 'must start with +'],
    ['+919876543210 please', 'no possible mobile number'],
    ['+', 'no possible mobile number'],
    ['', 'must start with +'],
    [`+91${' '.repeat(40)}9876543210`, 'too long'],
  ])('refuses %j: %s', (text, reason) => {
    const parsed = parsePhone(text);
    expect(parsed).toMatchObject({ ok: false, reason: expect.stringContaining(reason) as string });
  });
});

describe('masking a phone number', () => {
  it.each([
    ['+919876543210', '+91******3210'],
    ['+14155552671', '+14******2671'],
    ['12345678', '******'],
    ['', '******'],
  ])('%s → %s', (phone, masked) => {
    expect(maskPhone(phone)).toBe(masked);
  });

  it('shows at most seven characters and hides at least two', () => {
    fc.assert(
      fc.property(digits(15), fc.integer({ min: 0, max: 15 }), (all, length) => {
        const phone = `+${all.slice(0, length)}`;
        expect(maskPhone(phone)).toMatch(/^(\+\d\d)?\*{6}(\d{4})?$/);
        if (phone.length >= 9) expect(maskPhone(phone)).not.toContain(phone.slice(3, -4) + phone.slice(-4));
      }),
    );
  });
});
