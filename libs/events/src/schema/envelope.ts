import { z } from 'zod';
import { moment } from './date.js';
import { identifier, text } from './text.js';

/**
 * The attributes of CloudEvents 1.0 (structured mode, JSON) that every event carries beside `type` and `data`.
 * (source, id) is unique for ever. `correlationid` and `traceparent` are extensions; a malformed `traceparent` is no
 * reason to refuse an event, so its form is left to the tracing side.
 */
export const envelopeFields = {
  specversion: z.literal('1.0'),
  id: identifier().describe('Unique for ever within the source'),
  source: text(200),
  time: moment(),
  subject: z.exactOptional(text(200)),
  datacontenttype: z.exactOptional(
    z
      .string()
      .max(100)
      .regex(/^application\/([\w.-]+\+)?json\b/i, 'must be JSON'),
  ),
  correlationid: z.exactOptional(identifier()),
  traceparent: z.exactOptional(z.string().max(200)),
};
