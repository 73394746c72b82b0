import { type Deed } from '@earlybird/core';
import { type CallerIdentity } from '../access/caller.js';

/** Who does something, and why where they say so. */
export function deedOf({ client }: CallerIdentity, { note }: { readonly note?: string }): Deed {
  return { by: client, ...(note === undefined ? {} : { note }) };
}
