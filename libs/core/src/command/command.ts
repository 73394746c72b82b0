import { z } from 'zod';

/** As `parkedEventId` makes them; so many that the command stays far below the 64 KiB of an envelope. */
const parkedIds = z
  .array(z.string().regex(/^[0-9a-f]{64}$/))
  .min(1)
  .max(100);

/**
 * Everything that the api may ask of the worker, because it reads no queue itself (broker.md). A closed set: one that is not
 * here is no command, and the worker has a deed for each. Holds no personal data: it travels through the broker.
 */
export const commandSchema = z.discriminatedUnion('kind', [
  /** Let what waits in the retry queues go on now, and what is due among the scheduled. */
  z.strictObject({ kind: z.literal('release_waiting') }),
  /** Put parked events back into the events' queue. */
  z.strictObject({ kind: z.literal('replay_parked'), ids: parkedIds }),
  /** Delete parked events. */
  z.strictObject({ kind: z.literal('purge_parked'), ids: parkedIds }),
  /** Look at the replays now instead of at the next round. */
  z.strictObject({ kind: z.literal('wake_replays') }),
]);

export type Command = z.infer<typeof commandSchema>;
export type CommandKind = Command['kind'];

/** A command as it was given. */
export interface CommandOrder {
  /** `cmd_…`: by it the command is carried out once, however often its envelope comes. */
  readonly id: string;
  readonly command: Command;
  /** Who gave it: the token's client. */
  readonly by: string;
  readonly at: Date;
  /** W3C trace context of the request that gave it; on its way only, not on record. */
  readonly traceparent?: string;
}

/** What became of a command. */
export type CommandAnswer =
  /** Carried out; the figures say how much, by names that each kind of command has of its own. */
  | { readonly kind: 'done'; readonly figures: Readonly<Record<string, number>> }
  /** Not carried out, for a reason that the asker can understand: a stable word, and a sentence. */
  | { readonly kind: 'refused'; readonly reason: string; readonly detail: string }
  /** Given up, because it ended the worker or failed again and again. */
  | { readonly kind: 'failed'; readonly reason: string };

/** A command on record, answered or not yet. */
export interface CommandRecord extends CommandOrder {
  readonly answer?: CommandAnswer;
  readonly answeredAt?: Date;
}
