import { randomBytes } from 'node:crypto';

/** Nobody else's tokens begin like this process's. 72 random bits. */
const process = randomBytes(9).toString('base64url');
let count = 0;

/** A mark that no other write of any process carries, by which the writer finds out afterwards whether it won. */
export function newWriteToken(): string {
  count += 1;
  return `${process}.${count.toString(36)}`;
}
