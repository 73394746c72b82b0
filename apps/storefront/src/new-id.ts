import { randomBytes } from 'node:crypto';

/** 48 random bits: short enough to be read out on the phone; should one ever come twice, the unique `_id` refuses it. */
const RANDOM_BYTES = 6;

/** A new identifier, as `order_1f2e3d4c5b6a`. */
export const newId = (kind: string): string => `${kind}_${randomBytes(RANDOM_BYTES).toString('hex')}`;
