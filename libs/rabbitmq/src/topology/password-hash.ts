import { createHash, randomBytes } from 'node:crypto';

/** As RabbitMQ names it in definitions. */
export const passwordHashAlgorithm = 'rabbit_password_hashing_sha256';

/** RabbitMQ's own salt has 4 bytes; a longer one it would not recognise. */
const saltBytes = 4;

/** A password as a definitions file carries it: base64 of the salt and of SHA-256 over salt and password (RabbitMQ, "Passwords"). */
export function passwordHash(password: string, salt: Buffer = randomBytes(saltBytes)): string {
  const digest = createHash('sha256').update(salt).update(password, 'utf8').digest();
  return Buffer.concat([salt, digest]).toString('base64');
}
