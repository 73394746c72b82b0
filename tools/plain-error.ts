/** A failure that its message explains completely: shown to the user without a stack trace. */
export class PlainError extends Error {
  override readonly name = 'PlainError';
}
