import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { type Environment } from './config-rule.js';

/**
 * The environment of this process: its variables, over those of the file `.env` in the working directory.
 * `ENV_FILE` names another file; a path that does not exist means none, which is what tests want.
 */
export function readEnvironment(): Environment {
  const file = process.env['ENV_FILE'] ?? '.env';
  const fromFile = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  return { ...fromFile, ...process.env };
}
