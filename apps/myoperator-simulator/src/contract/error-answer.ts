import { jsonAnswer, type ProviderAnswer } from './provider-answer.js';

/** Where an error's code stands in the body. The real platform is not consistent about it, so a reader looks in all four. */
export const codePlaces = ['code', 'error.code', 'errors', 'data.error.code'] as const;

/** One of the places where the provider is known to put an error's code (provider.md). */
export type CodePlace = (typeof codePlaces)[number];

/** What an error answer says. */
export interface ProviderError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An error as the provider words it, with its code at `place`. Codes that are numbers travel as numbers, except under `code`. */
export function errorAnswer(error: ProviderError, place: CodePlace): ProviderAnswer {
  return jsonAnswer(error.status, errorBody(error, place), error.headers);
}

function errorBody({ code, message }: ProviderError, place: CodePlace): unknown {
  const value = /^\d+$/.test(code) ? Number(code) : code;
  switch (place) {
    case 'code':
      return { status: 'error', code, message };
    case 'error.code':
      return { error: { code: value, message } };
    case 'errors':
      return { errors: [{ code: value, title: message }] };
    case 'data.error.code':
      return { status: 'error', message, data: { error: { code: value, message } } };
  }
}
