import { randomBytes } from 'node:crypto';

/**
 * A new id such as `msg_0mb3k2x9p4f7…`: the prefix names the kind of thing, then the time in milliseconds (base 36, so that
 * ids sort by age and stay together in an index), then 80 random bits.
 */
export function newId(prefix: 'msg' | 'replay' | 'cmd', now: Date): string {
  const time = now.getTime().toString(36).padStart(9, '0');
  const random = BigInt(`0x${randomBytes(10).toString('hex')}`)
    .toString(36)
    .padStart(16, '0');
  return `${prefix}_${time}${random}`;
}

/** When an id was made, as it tells itself; undefined for what `newId` has not made. */
export function createdAtOf(id: string): Date | undefined {
  const time = /^[a-z]+_([0-9a-z]{9})[0-9a-z]{16}$/.exec(id)?.[1];
  return time === undefined ? undefined : new Date(Number.parseInt(time, 36));
}
