/** Removes what must not be kept from a piece of an answer. */
export type Redact = (text: string) => string;

/** The limit of `detail` in an outcome. */
const longestDetail = 500;

/** A shorter text would blot out ordinary words. */
const shortestHidden = 4;

/** Digits in a row that can be a phone number; error codes have at most six. */
const phoneLike = /\+?\d[\d\s-]{6,18}\d/g;

/**
 * Cleans pieces of answers for keeping: an answer may echo the request. Credentials, the given texts and everything that looks like
 * a phone number are taken out, also where JSON has escaped them; what is left is one line of at most 500 characters.
 */
export function redactor(secrets: readonly string[]): (personal: readonly string[]) => Redact {
  const secretForms = formsOf(secrets);
  return (personal) => {
    // Longest first: a text may contain another.
    const hidden = [...secretForms, ...formsOf(personal)].sort((a, b) => b.length - a.length);
    return (text) => {
      const clean = hidden.reduce((left, form) => left.replaceAll(form, '[hidden]'), text);
      return clean.replace(phoneLike, '[number]').replace(/\s+/g, ' ').trim().slice(0, longestDetail);
    };
  };
}

function formsOf(texts: readonly string[]): readonly string[] {
  const long = texts.filter((text) => text.length >= shortestHidden);
  return [...new Set(long.flatMap((text) => [text, JSON.stringify(text).slice(1, -1), encodeURIComponent(text)]))];
}
