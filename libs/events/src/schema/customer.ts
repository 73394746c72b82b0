import { z } from 'zod';
import { identifier, text } from './text.js';

/** A longer phone is no phone; it is bounded, not judged: a customer without a usable one is suppressed later, not refused. */
const MAX_PHONE_LENGTH = 64;

/** The longest language tag that RFC 5646 asks everyone to keep room for. */
const MAX_LANGUAGE_LENGTH = 35;

/**
 * Whom the event is about; part of the `data` of every event.
 *
 * - `phone`: as the publisher has it, best in E.164 (`+919876543210`). An absent one reads as `''`.
 * - `language`: BCP 47 (`en`, `hi`). What the customer has stored as a preference outranks it; absent both, English.
 * - `marketing_consent`: `true` or `false` records what the customer said; absent changes nothing.
 */
export const customerSchema = z.object({
  id: identifier(),
  name: text(200),
  phone: z
    .string()
    .max(MAX_PHONE_LENGTH)
    .default('')
    .describe('E.164; without a usable number the customer is told nothing'),
  language: z.exactOptional(text(MAX_LANGUAGE_LENGTH).describe('BCP 47: en, hi')),
  marketing_consent: z.exactOptional(z.boolean().describe('What the customer said; absent changes nothing')),
});
