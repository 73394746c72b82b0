import { type IncomingHttpHeaders } from 'node:http';
import { type ProviderError } from './error-answer.js';
import { type CodePlace } from './error-answer.js';
import { type ProviderAnswer } from './provider-answer.js';
import { type Contract, type SentMessage } from './sent-message.js';

/** A JSON object as it came in. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** What a call asks for: a message to deliver, or nothing that can be delivered, and why. */
export type Reading =
  | { readonly kind: 'message'; readonly message: SentMessage }
  | { readonly kind: 'invalid'; readonly error: ProviderError };

/** One way of MyOperator to take a message (provider.md): where its credentials stand, what its body means, how it answers. */
export interface WireContract {
  readonly name: Contract;
  /** Where this contract's errors carry their code unless a fault rule says otherwise. */
  readonly codePlace: CodePlace;
  /** The error that wrong or missing credentials earn; undefined when they are right. Compared in constant time. */
  readonly rejectCredentials: (headers: IncomingHttpHeaders, body: JsonObject) => ProviderError | undefined;
  readonly read: (body: JsonObject) => Reading;
  readonly accepted: (messageId: string) => ProviderAnswer;
}
