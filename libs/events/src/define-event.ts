import { z } from 'zod';
import { customerSchema } from './schema/customer.js';
import { envelopeFields } from './schema/envelope.js';

const customerField = { customer: customerSchema };

/**
 * Builds the definition of one event type: its schema (envelope, customer, own fields) and what documents and samples
 * need. Unknown extra fields are no error; a validated event does not have them.
 */
export function defineEvent<const Type extends string, Fields extends z.ZodRawShape>(event: {
  /** `thing.happened`, in the past tense; also the routing key. */
  readonly type: Type;
  /** One sentence for documents: what has happened. */
  readonly summary: string;
  /** The fields of `data` beside `customer`. */
  readonly fields: Fields;
  /** The event's `subject`: the identifier of the thing that it happened to. */
  readonly subject: (data: z.output<z.ZodObject<typeof customerField & Fields>>) => string;
  /** A valid example of the own fields. */
  readonly sample: z.input<z.ZodObject<Fields>>;
}) {
  const data = z.object({ ...customerField, ...event.fields });
  return {
    ...event,
    schema: z.object({ ...envelopeFields, type: z.literal(event.type), data }),
    /** The `subject` of an event with this data; `undefined` where the data is not valid. */
    subjectOf(value: unknown): string | undefined {
      const result = data.safeParse(value);
      return result.success ? event.subject(result.data) : undefined;
    },
  };
}
