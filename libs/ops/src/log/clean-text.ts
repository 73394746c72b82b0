import { maskPhone } from '@earlybird/core';

/**
 * Makes text fit to be logged: no phone numbers, no user and password in addresses, none of the given secrets.
 *
 * A safety net, not a licence: log events carry no free text of customers in the first place. A run of digits that looks
 * like an Indian mobile number is masked too, even where it is something else: an unreadable id costs less than a leak.
 */
export function textCleaner(secrets: readonly string[] = []): (text: string) => string {
  const hidden = secrets.filter((secret) => secret.length >= shortestSecret).map(escapeForPattern);
  const secretPattern = hidden.length === 0 ? undefined : new RegExp(hidden.join('|'), 'g');
  return (text) => {
    const withoutSecrets = secretPattern === undefined ? text : text.replace(secretPattern, '[hidden]');
    return withoutSecrets.replace(userInfo, '$1[hidden]@').replace(phoneLike, mask);
  };
}

/** A shorter one would blot out ordinary words. */
const shortestSecret = 6;

const userInfo = /([a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/@]{1,500}@/gi;

/** E.164 with its plus (also as %2B), or an Indian mobile number without. */
const phoneLike = /(?:\+|%2B)[1-9]\d{7,14}(?!\d)|(?<![\w.+-])(?:91)?[6-9]\d{9}(?![\w-])/gi;

function mask(phone: string): string {
  const digits = phone.replace(/^(?:\+|%2B)/i, '');
  return maskPhone(digits.length === 10 && digits === phone ? `+91${digits}` : `+${digits}`);
}

function escapeForPattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
