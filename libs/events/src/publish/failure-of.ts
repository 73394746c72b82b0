import type { Publication } from './publication.js';
import { PublishError } from './publish-error.js';

/** What the broker said about a publication. */
interface Verdict {
  /** The text of the return that came before the confirm, if one came. */
  readonly returned: string | undefined;
  /** Null or undefined for a confirm; otherwise why there is none. */
  readonly refusal: unknown;
  /** Why the broker closed the channel, if it did, and whether only one publication was outstanding then. */
  readonly channelError: { readonly cause: unknown; readonly alone: boolean } | undefined;
}

/** amqplib's words for basic.nack, in distinction from a channel that ended. */
const NACKED = 'message nacked';

/** The error of a publication, or `undefined` when the broker has it. */
export function failureOf(publication: Publication, verdict: Verdict): PublishError | undefined {
  const { messageId, exchange, routingKey } = publication;
  const where = `${routingKey} on ${exchange || 'the default exchange'}`;
  if (verdict.returned !== undefined)
    return new PublishError('returned', `Nobody takes ${where}: ${verdict.returned} (${messageId}).`);
  if (!(verdict.refusal instanceof Error)) return undefined;
  if (verdict.refusal.message === NACKED)
    return new PublishError('refused', `The broker refused ${where} (${messageId}).`, { cause: verdict.refusal });
  const cause = verdict.channelError?.cause ?? verdict.refusal;
  return verdict.channelError !== undefined && isAimedAt(publication, verdict.channelError)
    ? new PublishError('refused', `The broker refused ${where}: ${textOf(cause)}`, { cause })
    : new PublishError('unconfirmed', `The connection broke before ${messageId} was confirmed.`, { cause });
}

/** The broker closes the whole channel over one publication; its text names the topic or the exchange, not the message. */
function isAimedAt(
  { exchange, routingKey }: Publication,
  { cause, alone }: { readonly cause: unknown; readonly alone: boolean },
): boolean {
  const text = textOf(cause);
  return alone || text.includes(text.includes('topic') ? `'${routingKey}'` : `exchange '${exchange}'`);
}

const textOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));
