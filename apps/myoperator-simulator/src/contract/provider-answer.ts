/** A whole HTTP answer of the provider's side. */
export interface ProviderAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const json = { 'content-type': 'application/json; charset=utf-8' };

/** An answer with a JSON body. */
export function jsonAnswer(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): ProviderAnswer {
  return { status, headers: { ...json, ...headers }, body: JSON.stringify(body) };
}
