import { z } from 'zod';

/** Long enough for every identifier in use (UUIDs, prefixed ids, URNs), short enough for an index key and a header. */
const MAX_ID_LENGTH = 120;

/** Text of at most `maxLength` characters (UTF-16 units) with at least one that is not white space. */
export const text = (maxLength: number): z.ZodString => z.string().max(maxLength).regex(/\S/, 'must not be empty');

/** The identifier of a thing in its own service: opaque, at most 120 characters. */
export const identifier = (): z.ZodString => text(MAX_ID_LENGTH);
