import { appendFile, chmod, readFile } from 'node:fs/promises';
import { type Environment, readEnvironment } from '@earlybird/ops';
import { missingSecretLines } from '../secrets/secrets.js';

/** Where the secrets of a local set-up are, for `npm run token` and Docker Compose as well. Never committed. */
const FILE = '.env';

/** The settings of the user: the environment over `.env`, which gets the secrets that it lacks. Readable by its owner only. */
export async function readSettings(note: (text: string) => void): Promise<Environment> {
  const text = await readFile(FILE, 'utf8').catch(() => '');
  const lines = missingSecretLines(text);
  if (lines.length > 0) {
    const separator = text === '' || text.endsWith('\n') ? '' : '\n';
    await appendFile(FILE, `${separator}${lines.join('\n')}\n`, { mode: 0o600 });
    await chmod(FILE, 0o600);
    note(`${lines.length} random secrets were written to ${FILE}`);
  }
  return readEnvironment();
}

/** A setting that must be there by now. */
export function setting(settings: Environment, name: string): string {
  const value = settings[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
}
