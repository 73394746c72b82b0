import { type z } from 'zod';

/** What a decoder makes of a delivery. `detail` names every offending field and holds none of its values. */
export type Decoded<Envelope> =
  { readonly ok: true; readonly envelope: Envelope } | { readonly ok: false; readonly detail: string };

/** Envelopes of ours are a few hundred bytes; whatever is larger is none. */
const maxBodyBytes = 64 * 1024;

/** Parses a body of ours. Never throws. */
export function decodeJson<Schema extends z.ZodType>(body: Buffer, schema: Schema): Decoded<z.output<Schema>> {
  if (body.byteLength > maxBodyBytes) return { ok: false, detail: `the body has ${body.byteLength} bytes` };
  const json = readJson(body);
  if (json === undefined) return { ok: false, detail: 'the body is no JSON' };
  const parsed = schema.safeParse(json.value);
  if (parsed.success) return { ok: true, envelope: parsed.data };
  const detail = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`).join('; ');
  return { ok: false, detail: detail.slice(0, 500) };
}

function readJson(body: Buffer): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(body.toString('utf8')) as unknown };
  } catch {
    return undefined;
  }
}
