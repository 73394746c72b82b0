import { filters } from './filters.js';

function apply(name: keyof typeof filters, input: unknown, language = 'en', ...args: readonly unknown[]): unknown {
  return filters[name](input, args, language);
}

describe('money', () => {
  it.each<[unknown, unknown, string]>([
    [2500, 'INR', '₹2,500.00'],
    [2500, undefined, '₹2,500.00'],
    [250000, 'INR', '₹2,50,000.00'],
    [12345678.9, 'INR', '₹1,23,45,678.90'],
    [0, 'INR', '₹0.00'],
    [0.005, 'INR', '₹0.01'],
    [-20, 'INR', '-₹20.00'],
    ['2500', undefined, '₹2,500.00'],
    ['2500.5', undefined, '₹2,500.50'],
    ['2,500', undefined, '₹2,500.00'],
    ['2,50,000.00', undefined, '₹2,50,000.00'],
    ['₹2,500', undefined, '₹2,500'],
    ['Rs. 20', undefined, 'Rs. 20'],
    ['free', undefined, 'free'],
    [2500, 'USD', '$2,500.00'],
    [2500, 'nonsense', '₹2,500.00'],
    [2500, 7, '₹2,500.00'],
  ])('tells %j in %j as %s', (input, currency, told) => {
    expect(apply('money', input, 'en', currency)).toBe(told);
  });
});

describe('date and day', () => {
  it.each<[unknown, string, string, string, string]>([
    // input, date en, date hi, day en, day hi
    ['2026-02-01', 'February 1', '1 फ़रवरी', 'February 1', '1 फ़रवरी'],
    ['2028-02-29', 'February 29', '29 फ़रवरी', 'February 29', '29 फ़रवरी'],
    ['2026-02-01T06:42:00+05:30', 'February 1, 6:42 AM', '1 फ़रवरी, सुबह 6:42 बजे', 'February 1', '1 फ़रवरी'],
    ['2026-01-31T20:00:00Z', 'February 1, 1:30 AM', '1 फ़रवरी, रात 1:30 बजे', 'February 1', '1 फ़रवरी'],
    ['2026-02-01T06:30:00.123456789Z', 'February 1, 12 PM', '1 फ़रवरी, दोपहर 12 बजे', 'February 1', '1 फ़रवरी'],
    ['2026-12-31T13:00:00Z', 'December 31, 6:30 PM', '31 दिसंबर, शाम 6:30 बजे', 'December 31', '31 दिसंबर'],
    ['2026-12-31T18:30:00Z', 'January 1, 12 AM', '1 जनवरी, रात 12 बजे', 'January 1', '1 जनवरी'],
    ['Jan 28, 6-8 AM', 'Jan 28, 6-8 AM', 'Jan 28, 6-8 AM', 'Jan 28, 6-8 AM', 'Jan 28, 6-8 AM'],
    ['2026-02-30', '2026-02-30', '2026-02-30', '2026-02-30', '2026-02-30'],
    [
      '2026-02-30T06:00:00Z',
      '2026-02-30T06:00:00Z',
      '2026-02-30T06:00:00Z',
      '2026-02-30T06:00:00Z',
      '2026-02-30T06:00:00Z',
    ],
    ['2026-02-01T06:42:00', '2026-02-01T06:42:00', '2026-02-01T06:42:00', '2026-02-01T06:42:00', '2026-02-01T06:42:00'],
    ['tomorrow', 'tomorrow', 'tomorrow', 'tomorrow', 'tomorrow'],
    [28, '28', '28', '28', '28'],
  ])('tell %j', (input, dateEn, dateHi, dayEn, dayHi) => {
    expect(apply('date', input, 'en')).toBe(dateEn);
    expect(apply('date', input, 'hi')).toBe(dateHi);
    expect(apply('day', input, 'en')).toBe(dayEn);
    expect(apply('day', input, 'hi')).toBe(dayHi);
  });

  it('name every month', () => {
    const days = Array.from({ length: 12 }, (_, index) => `2026-${String(index + 1).padStart(2, '0')}-01`);
    expect(days.map((day) => apply('day', day, 'hi'))).toEqual(
      ['जनवरी', 'फ़रवरी', 'मार्च', 'अप्रैल', 'मई', 'जून', 'जुलाई', 'अगस्त', 'सितंबर', 'अक्टूबर', 'नवंबर', 'दिसंबर'].map(
        (month) => `1 ${month}`,
      ),
    );
  });

  it('speak English in a language that they do not know', () => {
    expect(apply('date', '2026-02-01', 'fr')).toBe('February 1');
  });
});

describe('slot', () => {
  it.each<[unknown, string, string]>([
    ['06:00-08:00', '6-8 AM', 'सुबह 6 से 8 बजे'],
    ['06:30-08:00', '6:30-8 AM', 'सुबह 6:30 से 8 बजे'],
    ['6:00 – 8:00', '6-8 AM', 'सुबह 6 से 8 बजे'],
    ['11:00-13:00', '11 AM-1 PM', 'सुबह 11 से दोपहर 1 बजे'],
    ['18:00-21:00', '6-9 PM', 'शाम 6 से रात 9 बजे'],
    ['2026-02-01 08:00-10:00', 'February 1, 8-10 AM', '1 फ़रवरी, सुबह 8 से 10 बजे'],
    ['2026-02-01T08:00-10:00', 'February 1, 8-10 AM', '1 फ़रवरी, सुबह 8 से 10 बजे'],
    ['2026-02-30 08:00-10:00', '2026-02-30 08:00-10:00', '2026-02-30 08:00-10:00'],
    ['25:00-26:00', '25:00-26:00', '25:00-26:00'],
    ['6-8 AM', '6-8 AM', '6-8 AM'],
    ['2026-02-01', 'February 1', '1 फ़रवरी'],
  ])('tells %j', (input, en, hi) => {
    expect(apply('slot', input, 'en')).toBe(en);
    expect(apply('slot', input, 'hi')).toBe(hi);
  });
});

describe('period', () => {
  it.each([
    ['2026-01', 'January 2026', 'जनवरी 2026'],
    ['January 2026', 'January 2026', 'जनवरी 2026'],
    ['january 2026', 'January 2026', 'जनवरी 2026'],
    ['Q1 2026', 'Q1 2026', 'Q1 2026'],
    ['last month', 'last month', 'last month'],
  ])('tells %j', (input, en, hi) => {
    expect(apply('period', input, 'en')).toBe(en);
    expect(apply('period', input, 'hi')).toBe(hi);
  });
});
