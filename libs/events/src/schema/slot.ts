import type { z } from 'zod';
import { text } from './text.js';

/** "Between half past six and eight in the morning" and its like fit; a paragraph does not. */
const MAX_SLOT_LENGTH = 60;

/**
 * A time of day in which goods come. Two forms are understood to the minute, on the wall clock of Asia/Kolkata:
 * `06:00-08:00` (on the event's `delivery_date`) and `2026-02-01 06:00-08:00`. Any other text ("6-8 AM") is valid and
 * shown as it is, but has no known start: what is told about it is then valid for the type's whole span.
 */
export const slot = (): z.ZodString =>
  text(MAX_SLOT_LENGTH).describe('06:00-08:00 or 2026-02-01 06:00-08:00 in Asia/Kolkata, or any text');
