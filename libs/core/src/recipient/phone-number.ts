import { parsePhoneNumberFromString } from 'libphonenumber-js/mobile';

/** A phone number, or what is wrong with it and how to write it. */
export type ParsedPhone =
  { readonly ok: true; readonly phone: string } | { readonly ok: false; readonly reason: string };

const howTo = 'write it in international format with +, e.g. +919876543210';

/**
 * Reads a mobile number into E.164. `bareIndian` also takes ten digits as an Indian mobile number, as events may carry it;
 * the REST API does not (the user's rule). Landlines, impossible lengths and extensions are refused.
 */
export function parsePhone(text: string, { bareIndian = false } = {}): ParsedPhone {
  const trimmed = text.trim();
  if (trimmed.length > 32) return { ok: false, reason: `too long for a phone number: ${howTo}` };
  const bare = bareIndian && /^[6-9]\d{9}$/.test(trimmed.replace(/[\s-]/g, ''));
  if (!trimmed.startsWith('+') && !bare) return { ok: false, reason: `must start with +: ${howTo}` };
  const parsed = parsePhoneNumberFromString(trimmed, { defaultCountry: 'IN', extract: false });
  if (parsed === undefined || parsed.ext !== undefined || !parsed.isValid()) {
    return { ok: false, reason: `is no possible mobile number: ${howTo}` };
  }
  return { ok: true, phone: parsed.number };
}

/** A phone as logs and reports may show it: `+91******3210`. Short or odd text is hidden altogether. */
export function maskPhone(phone: string): string {
  return phone.length < 9 ? '******' : `${phone.slice(0, 3)}******${phone.slice(-4)}`;
}
