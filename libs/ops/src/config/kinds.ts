import { z } from 'zod';

/** Any text that is not blank. */
export const text = () => z.string();

/** A whole number between two bounds, both included. */
export function wholeNumber(min: number, max: number) {
  const message = `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,15}$/, message)
    .transform(Number)
    .refine((number) => number >= min && number <= max, message);
}

/** A part of a whole, from 0 to 1. */
export const share = () =>
  z
    .string()
    .regex(/^(0(\.\d{1,10})?|1(\.0{1,10})?)$/, 'must be a number from 0 to 1')
    .transform(Number);

/** A TCP port. 0 takes any free one, for tests. */
export const port = () => wholeNumber(0, 65_535);

/** A span of time in milliseconds, at most `max` (default a week, beyond which a mistyped unit is likelier). */
export const milliseconds = (min = 1, max = 7 * 24 * 60 * 60 * 1_000) => wholeNumber(min, max);

/** One word of a closed list. */
export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z.enum(words, `must be one of ${words.join(', ')}`);
}

/** A switch: `true` or `false`, nothing else, so that `0` or `no` never means the contrary of what was meant. */
export const flag = () => oneOf(['true', 'false']).transform((word) => word === 'true');

/** A secret of ours, at least `minLength` characters long. */
export const secret = (minLength = 1) => z.string().min(minLength, `must have at least ${minLength} characters`);

/** An http or https address, without its trailing slash. */
export const httpUrl = () =>
  url(['http:', 'https:'], 'must be an address that starts with http:// or https://').transform((address) =>
    address.replace(/\/+$/, ''),
  );

/** The AMQP address of the broker, vhost included (`/` must be written `%2F` or left out). */
export const rabbitmqUrl = () => url(['amqp:', 'amqps:'], 'must be an address that starts with amqp:// or amqps://');

/** The address of MongoDB **with** the database's name: without one the driver would silently use `test`. */
export const mongoUrl = () =>
  z
    .string()
    .regex(/^mongodb(\+srv)?:\/\/[^/]+/, 'must be an address that starts with mongodb:// or mongodb+srv://')
    .regex(/^[^:]+:\/\/[^/]+\/[^/?]+/, 'must name the database after the host, as in mongodb://127.0.0.1:27017/NAME');

/** A WhatsApp number, with or without its plus; read as E.164. */
export const whatsAppNumber = () =>
  z
    .string()
    .regex(/^\+?[1-9]\d{7,14}$/, 'must be a phone number in international format')
    .transform((number) => (number.startsWith('+') ? number : `+${number}`));

/** An IANA time zone that this Node knows. */
export const timeZone = () => z.string().refine(isTimeZone, 'must be an IANA time zone such as Asia/Kolkata');

/** A language as two or three letters, with an optional region. */
export const language = () => z.string().regex(/^[a-z]{2,3}(-[A-Z]{2})?$/, 'must be a language such as en or en-IN');

/** How much is logged; pino's levels. */
export const logLevel = () => oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']);

/** A list separated by commas; blanks around the items do not count. */
export const commaList = () =>
  z.string().transform((list): readonly string[] =>
    list
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  );

/** `key=value` pairs separated by commas, percent-encoded where a value holds a comma (the form of W3C Baggage). */
export const pairs = () =>
  commaList().transform((items, context): Readonly<Record<string, string>> => {
    const entries = items.map(pairOf).filter((pair) => pair !== undefined);
    if (entries.length === items.length) return Object.fromEntries(entries);
    context.addIssue('must be key=value pairs, separated by commas');
    return z.NEVER;
  });

function pairOf(item: string): readonly [string, string] | undefined {
  const [, key, value] = /^([^\s=]+)\s*=(.*)$/.exec(item) ?? [];
  if (key === undefined || value === undefined) return undefined;
  try {
    return [key, decodeURIComponent(value.trim())];
  } catch {
    return undefined;
  }
}

function url(protocols: readonly string[], message: string) {
  return z.string().refine((address) => {
    if (!URL.canParse(address)) return false;
    const { protocol, hostname } = new URL(address);
    return protocols.includes(protocol) && hostname !== '';
  }, message);
}

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
