import { z } from 'zod';
import { codePlaces } from '../contract/error-answer.js';

const code = z.string().min(1).max(64);
const errorStatus = z.number().int().min(400).max(599);
/** Half an hour: beyond any time limit of a caller, and short enough that a forgotten rule does not hold sockets for ever. */
const waitMs = z.number().int().min(0).max(1_800_000);

/** Every way in which the simulator can misbehave, as it is asked for over `PUT /faults`. */
export const faultSchema = z.discriminatedUnion('fault', [
  /** 401 for everything, listing templates included. */
  z.strictObject({ fault: z.literal('account') }),
  /** The provider's port refuses connections. `cut` also breaks off what is in flight; otherwise that is answered first. */
  z.strictObject({ fault: z.literal('outage'), cut: z.boolean().default(false) }),
  /** An error body with `code`; the message is not delivered. */
  z.strictObject({
    fault: z.literal('error'),
    code,
    status: errorStatus.default(400),
    place: z.enum(codePlaces).optional(),
  }),
  /** 429; the message is not delivered. `retry_after` is sent as it stands (seconds or an HTTP date); null leaves it out. */
  z.strictObject({ fault: z.literal('throttle'), retry_after: z.string().max(100).nullable().default('2') }),
  /** 500 `{"message":null}`, as the real platform is known to answer; the message is not delivered. */
  z.strictObject({ fault: z.literal('null-error') }),
  /** The connection is cut instead of an answer. `delivers` says whether the customer has the message all the same. */
  z.strictObject({ fault: z.literal('cut'), delivers: z.boolean().default(true) }),
  /** Delivers at once, answers late. */
  z.strictObject({ fault: z.literal('slow'), delay_ms: waitMs.default(30_000) }),
  /** Accepts; the only receipt says failed, with `code`. */
  z.strictObject({ fault: z.literal('failed-receipt'), code: code.default('131026') }),
  /** Accepts; one receipt comes before the answer, the others doubled and in reverse order. */
  z.strictObject({ fault: z.literal('shuffled-receipts') }),
  /** Accepts; the customer writes back. */
  z.strictObject({ fault: z.literal('reply'), text: z.string().min(1).max(4_096).default('STOP') }),
  /** Free text is refused with 131047, unless this customer wrote within 24 hours; templates pass. */
  z.strictObject({ fault: z.literal('window-closed') }),
  /** Any answer at all. With `chunk_bytes` it comes piece by piece, one every `every_ms`; `pad_bytes` makes it huge. */
  z.strictObject({
    fault: z.literal('answer'),
    status: z.number().int().min(200).max(599).default(200),
    headers: z.record(z.string(), z.string()).default({ 'content-type': 'application/json' }),
    body: z.string().max(100_000).default(''),
    pad_bytes: z.number().int().min(0).max(200_000_000).default(0),
    chunk_bytes: z.number().int().min(1).max(1_000_000).optional(),
    every_ms: waitMs.default(100),
    delivers: z.boolean().default(false),
  }),
]);

/** One misbehaviour. Each kind is described where it is declared, in `faultSchema`. */
export type Fault = z.output<typeof faultSchema>;

/** The faults that belong to a single message; `account` and `outage` belong to the whole provider. */
export type MessageFault = Exclude<Fault, { fault: 'account' | 'outage' }>;
