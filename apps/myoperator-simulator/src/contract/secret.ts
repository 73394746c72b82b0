import { hash, timingSafeEqual } from 'node:crypto';

/** A credential that can be compared without telling by the time it takes how much of a guess was right, its length included. */
export interface Secret {
  readonly matches: (guess: unknown) => boolean;
}

/** Wraps a credential. Digests are compared, because they are of one length whatever is guessed. */
export function secret(value: string): Secret {
  const expected = digest(value);
  return { matches: (guess) => typeof guess === 'string' && timingSafeEqual(digest(guess), expected) };
}

const digest = (value: string) => hash('sha256', value, 'buffer');
