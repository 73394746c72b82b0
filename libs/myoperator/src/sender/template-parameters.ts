/** The parameters of a provider template by their positions from 1, or the first variable that cannot be one, and why. */
export type TemplateParameters =
  | { readonly ok: true; readonly parameters: Readonly<Record<string, string>> }
  | { readonly ok: false; readonly variable: string; readonly problem: string };

/** WhatsApp refuses line breaks, tabs and more than four spaces in a row inside a parameter (provider.md). */
const breaks = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;
const manySpaces = / {5,}/g;

/**
 * Fills the holes of a provider template with the texts of its parameters, in order. They are cleaned and counted; one that is
 * empty or that nobody gave makes the message impossible to send by this template.
 */
export function templateParameters(names: readonly string[], texts: readonly string[]): TemplateParameters {
  const parameters: Record<string, string> = {};
  for (const [index, variable] of names.entries()) {
    const clean = cleanParameter(texts[index] ?? '');
    if (clean === '') return { ok: false, variable, problem: 'is empty' };
    parameters[String(index + 1)] = clean;
  }
  return { ok: true, parameters };
}

/** A value as WhatsApp takes it: one line, without tabs, at most four spaces in a row. */
export function cleanParameter(value: string): string {
  return value.replace(breaks, ' ').replace(manySpaces, '    ').trim();
}
