import { parsePhoneNumberFromString } from 'libphonenumber-js/mobile';

/** An E.164 number in its two parts: `91` and `9876543210`. Undefined for a text that is no such number. */
export function phoneParts(
  phone: string,
): { readonly countryCode: string; readonly nationalNumber: string } | undefined {
  const parsed = parsePhoneNumberFromString(phone, { extract: false });
  if (parsed === undefined) return undefined;
  return { countryCode: parsed.countryCallingCode, nationalNumber: parsed.nationalNumber };
}
