import { tellText } from './text.js';

/**
 * A sum of money as customers in India read it: 250000 → `₹2,50,000.00`. A number written as text counts as a number; text
 * that says more (`₹2,500`, `Rs 20`) is told as it is, so that no sign is ever doubled.
 *
 * @param currency ISO 4217; anything that is no code counts as INR.
 */
export function tellMoney(input: unknown, currency: unknown): string | undefined {
  const amount = amountOf(input);
  return amount === undefined ? tellText(input) : formatOf(currency).format(amount);
}

function amountOf(input: unknown): number | undefined {
  if (typeof input === 'number' && Number.isFinite(input)) return input;
  if (typeof input !== 'string' || !/^\s*-?\d{1,3}(?:,?\d{2,3})*(?:\.\d+)?\s*$|^\s*-?\d+(?:\.\d+)?\s*$/.test(input))
    return undefined;
  return Number(input.replaceAll(',', ''));
}

const formats = new Map<string, Intl.NumberFormat>();

function formatOf(currency: unknown): Intl.NumberFormat {
  const code = typeof currency === 'string' && /^[A-Z]{3}$/.test(currency) ? currency : 'INR';
  let format = formats.get(code);
  if (format === undefined) {
    format = new Intl.NumberFormat('en-IN', { style: 'currency', currency: code, minimumFractionDigits: 2 });
    formats.set(code, format);
  }
  return format;
}
