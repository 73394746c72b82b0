/** Our own name of one attempt, as it travels in `myop_ref_id` and may come back in a receipt. */
export interface AttemptReference {
  readonly notificationId: string;
  /** From 1. */
  readonly attempt: number;
}

/** `msg_…:2`: short, unique for ever, and readable in the provider's own lists. */
export function writeReference({ notificationId, attempt }: AttemptReference): string {
  return `${notificationId}:${attempt}`;
}

/** Reads what `writeReference` wrote; undefined for anything else, such as the reference of another program. */
export function readReference(text: unknown): AttemptReference | undefined {
  const parts = typeof text === 'string' ? /^([\w-]{1,200}):([1-9]\d{0,5})$/.exec(text) : null;
  const [, notificationId, attempt] = parts ?? [];
  return notificationId === undefined ? undefined : { notificationId, attempt: Number(attempt) };
}
