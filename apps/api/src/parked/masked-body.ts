import { maskPhone } from '@earlybird/core';

/** Names, numbers and addresses of people, whatever a publisher calls them; a product's name is none. */
const personalKey =
  /^((customer|user|full|first|last|middle|recipient|contact)[_-]?)*name$|phone|mobile|whatsapp|e-?mail|address|contact/i;
/** Seven digits and more, however they are grouped: a telephone number, or as good as one. */
const phoneLike = /\+?\d(?:[\s().-]?\d){6,}/g;
const isoMoment = /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2})?)?$/;
/** No amount and no count of ours is that large; a telephone number that came as a number is. */
const leastPhone = 1_000_000_000;
/** Nobody reads more of what is no JSON. */
const longestShape = 1_000;

/**
 * The body of a parked event as a person may see it: its structure and everything that explains the fault, without names,
 * telephone numbers and addresses. JSON stays JSON; of anything else only the shape is shown, letters as x, digits as 9.
 */
export function maskedBody(body: string): unknown {
  const text = Buffer.from(body, 'base64').toString('utf8');
  try {
    return masked(JSON.parse(text) as unknown, '');
  } catch {
    return text.slice(0, longestShape).replace(/\p{L}/gu, 'x').replace(/\p{N}/gu, '9');
  }
}

function masked(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value.map((one) => masked(one, key));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      // An address is hidden to its last line.
      Object.entries(value).map(([name, one]) => [maskedText(name), masked(one, personalKey.test(key) ? key : name)]),
    );
  if (typeof value === 'number') return personalKey.test(key) ? '***' : value < leastPhone ? value : '***';
  if (typeof value !== 'string') return value;
  if (isoMoment.test(value)) return value;
  const number = maskedText(value);
  return personalKey.test(key) && number === value ? '***' : number;
}

function maskedText(text: string): string {
  return text.replace(phoneLike, (number) => maskPhone(number.replace(/[\s().-]/g, '')));
}
